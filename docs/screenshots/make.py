"""Photograph the pages of a running demo at phone and desk width, light and dark.

    ./dev                                              in one terminal
    .venv/bin/python docs/screenshots/make.py          in another

Writes <page>-<width>-<scheme>.png beside this file and fails when a page scrolls sideways or answers with an error.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGES = {
    "home": ("visitor", "/"),
    "companies": ("visitor", "/unternehmen/?q=roboter"),
    "map": ("visitor", "/karte/"),
    "networks": ("visitor", "/netzwerke/"),
    "network": ("visitor", "/netzwerke/robotik-kmu/"),
    "meetings": ("visitor", "/treffen/"),
    "agency": ("visitor", "/wirtschaftsfoerderungen/wfg-borken/"),
    "my-area": ("owner_west", "/mein-bereich/"),
    "register": ("new", "/mein-bereich/eintragen/"),
    "desk": ("curator_west", "/admin/"),
    "planning": ("operator", "/treffen/planung/?from=2027-02-01&to=2027-05-31&last=2026-09-17"),
    "poll": ("operator", "/abstimmungen/1/"),
    "meeting": ("visitor", "/treffen/wissen-wer-es-kann/"),
    "attendance": ("operator", "/treffen/wissen-wer-es-kann/teilnahme/"),
    "agenda": ("operator", "/treffen/treffen-2026-09-17/tagesordnung/"),
}
SIZES = ((390, 844), (1280, 1400))
SCHEMES = ("light", "dark")


def demo_people() -> dict[str, dict[str, str]]:
    answer = subprocess.run(
        [str(ROOT / "dev"), "manage", "demo_people", "--json"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {person["role"]: person for person in json.loads(answer.stdout)}


def sign_in(page: Page, base: str, person: dict[str, str]) -> None:
    page.goto(f"{base}/konto/login/")
    page.fill("input[name=login]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main form button[type=submit], main form button:not([type])")
    page.wait_for_load_state()


def photograph(context: BrowserContext, base: str, name: str, path: str) -> list[str]:
    problems = []
    page = context.new_page()
    for width, height in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            answer = page.goto(f"{base}{path}", wait_until="networkidle")
            if answer is None or not answer.ok:
                problems.append(f"{path} answers {answer and answer.status}")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                problems.append(f"{path} scrolls sideways at {width}")
            page.screenshot(path=HERE / f"{name}-{width}-{scheme}.png")
    page.close()
    return problems


def photograph_all(browser: Browser, base: str) -> list[str]:
    people, contexts, problems = demo_people(), {"visitor": browser.new_context()}, []
    for name, (role, path) in PAGES.items():
        if role not in contexts:
            contexts[role] = browser.new_context()
            page = contexts[role].new_page()
            sign_in(page, base, people[role])
            page.close()
        problems += photograph(contexts[role], base, name, path)
        print(name, flush=True)
    return problems


def main() -> int:
    base = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        problems = photograph_all(browser, base)
        browser.close()
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
