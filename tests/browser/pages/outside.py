"""Two programs that others keep: the Nu HTML checker, and Mozilla's scoring of headers."""

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.pages.visits import Visit

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "requirements" / "node"
TOOLS = ROOT / "var" / "node"
SCORING = Path(__file__).with_name("score.mjs")
ENOUGH = 130
# Where tests/test_settings.py sees a request without TLS being sent.
REDIRECT = "https://portal.example.org/"

Found = dict[str, list[str]]


def install() -> None:
    """By the lock, beside everything else that is made here."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    wanted, built = (LOCK / "package-lock.json").read_bytes(), TOOLS / "installed.json"
    if built.exists() and built.read_bytes() == wanted:
        return
    for name in ("package.json", "package-lock.json"):
        (TOOLS / name).write_bytes((LOCK / name).read_bytes())
    options = ("--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, "ci", *options], cwd=TOOLS, check=True, stdout=subprocess.DEVNULL)
    # What its own installation would fetch: hosts that browsers know as https only. Ours is none of them.
    (TOOLS / "node_modules" / "@mdn" / "mdn-http-observatory" / "conf" / "hsts-preload.json").write_text("{}")
    built.write_bytes(wanted)


def html_errors(visits: Sequence[Visit]) -> Found:
    """All pages in one run of the checker; it counts from one line to the next, so do its messages here."""
    found: Found = defaultdict(list)
    with TemporaryDirectory() as folder:
        names = {}
        for number, visit in enumerate(visits):
            if visit.html:
                file = Path(folder, f"{number}.html")
                file.write_text(visit.html, encoding="utf-8")
                names[f"file:{file}"] = visit.label
        jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        command = ("java", "-Xss1m", "-jar", str(jar), "--exit-zero-always", "--stdout", "--format", "json", folder)
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for message in json.loads(told)["messages"]:
        if message["type"] == "error":
            found[names[message["url"]]].append(f"{message['message']} ({message.get('extract', '').strip()[:120]})")
    return found


def scores(visits: Sequence[Visit]) -> dict[str, tuple[int, list[str]]]:
    """Score and lost points of each page, as Mozilla's HTTP Observatory counts them over TLS."""
    pages = [{"label": visit.label, "headers": visit.headers, "html": visit.html} for visit in visits]
    told = json.dumps({"pages": pages, "redirect": REDIRECT})
    command = ("node", str(SCORING), str(TOOLS))
    answer = subprocess.run(command, input=told, check=True, capture_output=True, text=True).stdout
    return {one["label"]: (one["score"], one["lost"]) for one in json.loads(answer)}


def low_scores(visits: Sequence[Visit]) -> Found:
    low = {label: found for label, found in scores(visits).items() if found[0] < ENOUGH}
    return {label: [f"Observatory {score}: {', '.join(lost)}"] for label, (score, lost) in low.items()}
