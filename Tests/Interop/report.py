#!/usr/bin/env python3
"""Looks at pages of `gan-exp report` as readers do: a browser with and without scripts, light, dark, narrow, on paper; a strict
parser of HTML; axe for accessibility; NumPy for the means.

Trains small runs of its own, or takes those of --runs. Ends with 77 where a browser or a package is missing.
"""

import argparse
import base64
import csv
import glob
import json
import os
import re
import subprocess
import sys
import time

try:
    import html5lib
    import numpy
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

# Only the script of axe-core is taken from this package, which would bring another browser.
AXE = next((found for folder in sys.path for found in glob.glob(f"{folder}/axe_playwright_python/axe.min.js")), None)
BROWSER, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
failures = []


def click(driver, by, what):
    """Clicks where a reader would see it: pages scroll smoothly, and a driver does not wait for that."""
    element = driver.find_element(by, what)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"FAILED  {what}")


def train(program, folder):
    """Small runs of every kind: two groups, one run that diverges, a sweep."""
    ring = "Experiments/ring-gan.yaml"

    def gan(*words):
        done = subprocess.run([program, *words, "--runs", folder, "--quiet"], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            sys.exit(f"{' '.join(words)}: {done.stderr}")

    short = ["--set", "training.epochs=4", "--set", "evaluation.every=1", "--set", "record.samples_every=1"]
    gan("run", ring, "--seeds", "1..3", *short)
    gan("run", ring, "--seeds", "1..3", *short, "--set", "loss=hinge", "--set", "name=ring-hinge")
    gan("run", ring, *short, "--set", "name=ring-diverged", "--set", "optimizers.generator.adam.learning_rate=100",
        "--set", "optimizers.discriminator.adam.learning_rate=1000")
    gan("sweep", "Experiments/sweeps/ring-search.yaml", "--set", "sweep.trials=4", "--set", "training.epochs=2",
        "--set", "sweep.then={best: 1, seeds: 100..101}")


class Browser:
    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]:
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))

    def command(self, name, **values):
        return self.driver.execute_cdp_cmd(name, values)

    def scheme(self, name):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def width(self, width, height=900):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def scripts(self, are_on):
        self.command("Emulation.setScriptExecutionDisabled", value=not are_on)

    def open(self, path, state=""):
        self.driver.get("about:blank")
        self.driver.get(f"file://{path}{state}")

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def screenshot(self, path):
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 12000), "scale": 1}
        picture = self.command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def paper(self, path):
        pdf = self.command("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
        with open(path, "wb") as file:
            file.write(base64.b64decode(pdf["data"]))
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout


def words(text):
    return re.sub(r"\s+", " ", text)


def check_text(name, path):
    text = open(path, encoding="utf-8").read()
    html5lib.HTMLParser(strict=True).parse(text)
    plain = re.sub(r"base64,[A-Za-z0-9+/=]*", "", text).replace("http-equiv", "")
    expect("http" not in plain, f"{name}: an address in the page")
    expect(len(text.encode()) < 3_000_000, f"{name}: {len(text.encode())} bytes")
    return text


def check_page(browser, name, path, shots):
    """A page by itself: axe, console, network, widths, paper, without scripts."""
    text = check_text(name, path)
    headings = re.findall(r"<h2 [^>]*>([^<]*)<", text)
    driver = browser.driver
    for log in ["browser", "performance"]:
        driver.get_log(log)
    for scheme in ["light", "dark"]:
        browser.scheme(scheme)
        for label, width in [("desk", 1280), ("phone", 390)]:
            browser.width(width)
            browser.open(path)
            expect(browser.run("return document.documentElement.scrollWidth") <= width, f"{name}: wider than a {label}")
            if shots:
                browser.screenshot(f"{shots}/{name}-{label}-{scheme}.png")
            driver.execute_script(open(AXE, encoding="utf-8").read())
            driver.set_script_timeout(120)
            found = driver.execute_async_script("const done=arguments[0];axe.run().then(done,error=>done({violations:[{id:String(error),help:'',nodes:[]}]}))")
            for violation in found["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                expect(False, f"{name} {label} {scheme}: axe {violation['id']}: {violation['help']}: {nodes}")
    browser.scheme("light")
    browser.width(1280)
    browser.open(path)
    started = time.monotonic()
    browser.open(path)
    print(f"{name}: {len(text.encode()) / 1e6:.2f} MB, opened in {time.monotonic() - started:.2f} s")
    messages = [entry["message"] for entry in driver.get_log("browser")]
    expect(not messages, f"{name}: console {messages[:3]}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            expect(address.startswith(("file://" + path, "data:", "about:")), f"{name}: a request for {address[:80]}")
    for scripts in [True, False]:
        browser.scripts(scripts)
        browser.open(path)
        kind = "with" if scripts else "without"
        paper = words(browser.paper(f"{shots or '/tmp'}/{name}-{kind}-scripts.pdf"))
        for heading in headings:
            expect(heading in paper, f"{name}: paper {kind} scripts lacks {heading}")
        if shots and not scripts:
            browser.screenshot(f"{shots}/{name}-without-scripts.png")
    pictures = text.count('class="sheet')
    kept = text.count('class="sheet kept')
    expect(pictures == 0 or kept > 0, f"{name}: no sheet on paper")
    browser.scripts(True)


def check_run(browser, path):
    """One run: slider, arrow keys, smoothing, what the address keeps."""
    browser.width(1280)
    browser.open(path)
    driver = browser.driver

    def shown():
        return browser.run("return [...document.querySelectorAll('.sheet')].filter(s=>getComputedStyle(s).display!=='none').map(s=>+s.dataset.step)")

    steps = browser.run("return [...document.querySelectorAll('.sheet')].map(s=>+s.dataset.step)")
    expect(shown() == steps[-1:], "the last sheet is shown first")
    slider = driver.find_element(By.ID, "step")
    slider.send_keys(Keys.HOME)
    expect(shown() == steps[:1], "the slider shows the first sheet")
    slider.send_keys(Keys.ARROW_RIGHT)
    expect(shown() == steps[1:2], "an arrow key shows the next")
    expect(driver.current_url.endswith(f"#step={steps[1]}"), "the address keeps the step")
    driver.find_element(By.CSS_SELECTOR, ".sheets").send_keys(Keys.ARROW_LEFT)
    expect(shown() == steps[:1], "arrow keys work on the sheets too")
    # TensorBoard's formula, once more, from the path's places.
    browser.run("const s=document.getElementById('smoothing');s.value=0.8;s.dispatchEvent(new Event('input'))")
    raw, smooth, y, plot = browser.run("""
      const svg=[...document.querySelectorAll('.curves svg')].find(s=>s.querySelector('.smoothed')&&s.dataset.y.endsWith('linear'));
      return [svg.querySelector('path[data-name]').getAttribute('d'),svg.querySelector('.smoothed').getAttribute('d'),svg.dataset.y,svg.dataset.plot]""")
    numbers = [int(n) for n in re.findall(r"-?\d+", raw)]
    places = numpy.cumsum(numpy.array(numbers).reshape(-1, 2)[:, 1])
    mean, expected = 0.0, []
    for t, place in enumerate(places, 1):
        mean = 0.8 * mean + 0.2 * place
        expected.append(mean / (1 - 0.8**t))
    drawn = numpy.array([int(n) for n in re.findall(r"-?\d+", smooth)]).reshape(-1, 2)[:, 1]
    expect(numpy.abs(drawn - numpy.array(expected)).max() <= 0.51, "smoothing is TensorBoard's")
    browser.run("const s=document.getElementById('smoothing');s.value=0;s.dispatchEvent(new Event('input'))")
    expect(browser.run("return document.querySelectorAll('.smoothed').length") == 0, "smoothing is off again")
    rows = "return [...document.querySelectorAll('#spec-table tbody tr')].filter(r=>r.offsetParent).length"
    few = browser.run(rows)
    click(driver, By.ID, "defaults")
    expect(0 < few < browser.run(rows), "defaults are shown where they are asked for")
    browser.open(path, f"#step={steps[1]}&defaults=1")
    expect(shown() == steps[1:2] and browser.run(rows) > few, "a link restores the view")


def check_groups(browser, path, groups):
    """Groups: filters, sorting, stars, and the means beside NumPy's."""
    browser.width(1280)
    browser.open(path)
    driver = browser.driver
    rows = "return [...document.querySelectorAll('#runs-table tbody tr')].filter(r=>r.offsetParent).map(r=>r.cells[1].textContent)"
    lines = "return [...document.querySelectorAll('.curves path[data-run]')].filter(p=>getComputedStyle(p).display!=='none').length"
    everything, drawn = browser.run(rows), browser.run(lines)
    box = driver.find_element(By.ID, "filter")
    box.send_keys("seed < 2 and status = complete")
    expect(0 < len(browser.run(rows)) < len(everything) and 0 < browser.run(lines) < drawn, "a filter hides rows and lines")
    box.clear()
    box.send_keys("nonsense = 3")
    expect(box.get_attribute("aria-invalid") == "true" and len(browser.run(rows)) == len(everything), "a wrong filter is told of")
    box.clear()
    box.send_keys(" ", Keys.BACKSPACE)
    click(driver, By.CSS_SELECTOR, "#runs-table .star")
    click(driver, By.ID, "starred")
    expect(len(browser.run(rows)) == 1, "starred runs alone")
    click(driver, By.ID, "starred")
    head = "#runs-table th[data-name=seed] button"
    click(driver, By.CSS_SELECTOR, head)
    click(driver, By.CSS_SELECTOR, head)
    seeds = browser.run("return [...document.querySelectorAll('#runs-table tbody tr')].map(r=>+r.cells[4].textContent)")
    expect(seeds == sorted(seeds, reverse=True), "a table is sorted")
    address = driver.current_url
    browser.open(path, address[address.index("#"):])
    again = browser.run("return [...document.querySelectorAll('#runs-table tbody tr')].map(r=>+r.cells[4].textContent)")
    expect(again == seeds, "a link restores the order")
    # The means at the steps that all runs have, to the tenth of a pixel that is drawn.
    for letter, folder in zip("AB", groups):
        tables = []
        for run in sorted(glob.glob(f"{folder}/seed-*")):
            with open(f"{run}/metrics.csv") as file:
                tables.append({int(row["step"]): float(row["generator_loss"]) for row in csv.DictReader(file)})
        steps = sorted(set.intersection(*[set(table) for table in tables]))
        means = numpy.array([[table[step] for table in tables] for step in steps]).mean(axis=1)
        found = browser.run("""
          const svg=[...document.querySelectorAll('.curves figure')].find(f=>f.querySelector('h3').textContent==='generator_loss').querySelector('svg');
          const path=[...svg.querySelectorAll('path.line')].find(p=>(p.dataset.name||'').startsWith(arguments[0]+', mean'));
          return [path.getAttribute('d'),svg.dataset.x,svg.dataset.y,svg.dataset.plot]""", letter)
        numbers = numpy.cumsum(numpy.array([int(n) for n in re.findall(r"-?\d+", found[0])]).reshape(-1, 2), axis=0) / 10
        (x0, x1), (y0, y1) = [[float(n) for n in part.split(" ")[:2]] for part in found[1:3]]
        left, top, width, height = [float(n) for n in found[3].split(" ")]
        expect(len(numbers) == len(steps), f"{letter} has a point at each of {len(steps)} steps, not {len(numbers)}")
        if len(numbers) == len(steps):
            wanted = top + (1 - (means - y0) / (y1 - y0)) * height
            across = left + (numpy.array(steps) - x0) / (x1 - x0) * width
            # The plot's own corners are given to a tenth, of the whole extent.
            error = max(numpy.abs(numbers[:, 1] - wanted).max(), numpy.abs(numbers[:, 0] - across).max())
            expect(error <= 0.16, f"{letter}: means are {error} pixels from NumPy's")


def check_modes(browser, path, run):
    """Modes: discs have the areas, and tiles the crosses, that the counts of the run ask for."""
    browser.open(path)

    def rows(name):
        with open(f"{run}/{name}") as file:
            return [row for row in csv.DictReader(file) if row["bin"]]

    last = rows("verdict_counts.csv")
    counts = numpy.array([int(row["generated"]) for row in last])
    there = counts > 0
    radii = numpy.array(browser.run("return [...document.querySelectorAll('#classes circle.disc')].slice(0,-1).map(c=>+c.getAttribute('r'))"))
    expect(len(radii) == there.sum(), f"{len(radii)} discs of {there.sum()} modes that are there")
    if len(radii) == there.sum() > 1:
        roots = numpy.sqrt(counts[there])
        pixels = radii[roots.argmax()] / roots.max()
        error = numpy.abs(radii - numpy.maximum(1.6, pixels * roots)).max()
        expect(error <= 0.16, f"discs are {error} pixels from the roots of the counts")
    steps = rows("counts.csv")
    # Three more stand in the legend.
    tiles = browser.run("return document.querySelectorAll('#classes path.tile').length") - 3
    expect(tiles == len(steps), f"{tiles} tiles of {len(steps)} counts")
    crosses = browser.run("return [...document.querySelectorAll('#classes path.cross')].map(p=>p.getAttribute('d').split('M').length-1)")
    missing = sum(row["generated"] == "0" for row in steps) + (~there).sum()
    # Two strokes each, and a cross in each legend.
    expect(sum(crosses) == 2 * missing + 4, f"{sum(crosses)} strokes of {missing} crosses")


def check_sweep(browser, path):
    """A sweep: a limit on an axis hides trials, by sliders and in the table."""
    browser.width(1280)
    browser.open(path)
    driver = browser.driver
    rows = "return [...document.querySelectorAll('#trials-table tbody tr')].filter(r=>r.offsetParent).length"
    every = browser.run(rows)
    slider = driver.find_elements(By.CSS_SELECTOR, "#brush input")[-1]
    for _ in range(60):
        slider.send_keys(Keys.ARROW_LEFT)
    few = browser.run(rows)
    hidden = browser.run("return document.querySelectorAll('.parallel path.off').length")
    expect(0 < few < every and hidden > 0, f"limits leave {few} of {every} trials")
    address = driver.current_url
    browser.open(path, address[address.index("#"):])
    expect(browser.run(rows) == few, "a link restores the limits")
    browser.open(path, "#trials=loss+%3D+hinge")
    expect(0 < browser.run(rows) < every, "trials are filtered")


def check_serve(browser, program, runs, shots):
    """The pages of a server: links, what the browser says, axe; it asks for nothing but pages of the server."""
    server = subprocess.Popen([program, "serve", "--port", "0", "--runs", runs], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        driver = browser.driver
        browser.width(1280)
        for log in ["browser", "performance"]:
            driver.get_log(log)
        for path in ["/", "/ring-gan/group-001", "/ring-search", "/ring-gan/group-001/seed-1"]:
            driver.get(address.rstrip("/") + path)
            driver.execute_script(open(AXE, encoding="utf-8").read())
            driver.set_script_timeout(120)
            found = driver.execute_async_script("const done=arguments[0];axe.run().then(done,error=>done({violations:[{id:String(error),help:'',nodes:[]}]}))")
            for violation in found["violations"]:
                expect(False, f"served {path}: axe {violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes'][:3]]}")
            if shots:
                browser.screenshot(f"{shots}/served{path.replace('/', '-')}.png")
        driver.get(address)
        rows = "return [...document.querySelectorAll('#runs-table tbody tr')].filter(r=>r.offsetParent).length"
        every = browser.run(rows)
        driver.find_element(By.ID, "filter").send_keys("seed = 2 and status = complete")
        expect(0 < browser.run(rows) < every, "the index is filtered")
        click(driver, By.LINK_TEXT, "ring-gan/group-001")
        expect(driver.current_url.endswith("/ring-gan/group-001"), "a link leads to a group")
        click(driver, By.LINK_TEXT, "All runs")
        expect(driver.current_url == address, "a link leads back")
        # Pages are asked for by the person; a browser looks for an icon by itself.
        messages = [entry["message"] for entry in driver.get_log("browser") if "favicon" not in entry["message"]]
        expect(not messages, f"served: console {messages[:3]}")
        for entry in driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked = message["params"]["request"]["url"]
                expect(asked.startswith((address, "data:", "about:")), f"served: a request for {asked[:80]}")
    finally:
        server.send_signal(2)
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True, help="a folder for runs and pages")
    parser.add_argument("--runs", help="runs that are there already")
    parser.add_argument("--shots", help="a folder for screenshots")
    asked = parser.parse_args()
    if not AXE or not all(os.path.exists(path) for path in (BROWSER, DRIVER)):
        print("skipped: there is no Chromium with its driver, or no axe")
        return 77
    work = os.path.abspath(asked.work)
    for folder in filter(None, [work, asked.shots]):
        os.makedirs(folder, exist_ok=True)
    runs = asked.runs or f"{work}/Runs"
    if not os.path.exists(runs):
        train(asked.program, runs)
    pages = {
        "run": ["ring-gan/group-001/seed-1"],
        "diverged": ["ring-diverged"],
        "groups": ["ring-gan/group-001", "ring-hinge/group-001"],
        "everything": ["ring-gan", "ring-hinge", "ring-diverged"],
        "sweep": ["ring-search"],
    }
    for name, label in [("mlp-mnist", "digits"), ("classifier-mnist", "classifier")]:
        if os.path.exists(f"{runs}/{name}"):
            pages[label] = [name]
    browser = Browser()
    try:
        for name, names in pages.items():
            path = f"{work}/{name}.html"
            for _ in range(2):
                before = open(path, "rb").read() if _ else None
                done = subprocess.run([asked.program, "report", *names, "--runs", runs, "-o", path], capture_output=True, text=True)
                if done.returncode:
                    sys.exit(f"report {' '.join(names)}: {done.stderr}")
                expect(before in (None, open(path, "rb").read()), f"{name}: other bytes the second time")
            check_page(browser, name, path, asked.shots)
        check_run(browser, f"{work}/run.html")
        check_modes(browser, f"{work}/run.html", f"{runs}/ring-gan/group-001/seed-1")
        check_groups(browser, f"{work}/groups.html", [f"{runs}/{name}/group-001" for name in ("ring-gan", "ring-hinge")])
        check_sweep(browser, f"{work}/sweep.html")
        check_serve(browser, asked.program, runs, asked.shots)
    finally:
        browser.driver.quit()
    print(f"{len(pages)} pages, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
