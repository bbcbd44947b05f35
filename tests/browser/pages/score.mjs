// Mozilla's HTTP Observatory on answers that were kept: JSON of pages in, JSON of scores out, no request anywhere.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const root = `${process.argv[2]}/node_modules`;
const load = (path) => import(pathToFileURL(`${root}/${path}`).href);
const observatory = "@mdn/mdn-http-observatory/src";
const { ALL_TESTS } = await load(`${observatory}/constants.js`);
const { Requests } = await load(`${observatory}/types.js`);
const { getScoreModifier } = await load(`${observatory}/grader/grader.js`);
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load(`${observatory}/grader/charts.js`);
const { CookieJar } = createRequire(`${root}/`)("tough-cookie");

const HOST = "portal.example.org";
const URL_OF_PAGE = new URL(`https://${HOST}/`);

function asked(page, redirect) {
  const headers = {};
  for (const [name, value] of page.headers) (headers[name.toLowerCase()] ??= []).push(value);
  const answer = { headers, status: 200, data: page.html, verified: true };
  const requests = new Requests(HOST);
  const jar = new CookieJar();
  for (const cookie of headers["set-cookie"] ?? []) jar.setCookieSync(cookie, URL_OF_PAGE.href);
  requests.session = { url: URL_OF_PAGE, jar };
  requests.resources.path = page.html;
  requests.responses.auto = requests.responses.https = requests.responses.http = answer;
  requests.responses.cors = answer;
  requests.responses.httpRedirects = [`http://${HOST}/`, redirect].map((url) => ({ url: new URL(url), status: 301 }));
  return requests;
}

function score(page, redirect) {
  const results = ALL_TESTS.map((test) => test(asked(page, redirect)).result);
  const points = results.map((result) => [result, getScoreModifier(result)]);
  const lost = points.filter(([, modifier]) => modifier < 0);
  const base = lost.reduce((sum, [, modifier]) => sum + modifier, 100);
  const extra = points.filter(([, modifier]) => modifier > 0).reduce((sum, [, modifier]) => sum + modifier, 0);
  return { label: page.label, score: base >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? base + extra : base, lost: lost.map(String) };
}

const { pages, redirect } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pages.map((page) => score(page, redirect))));
