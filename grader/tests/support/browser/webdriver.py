# SPDX-License-Identifier: MIT
"""A browser without a window, for tests of pages: drives chromium over WebDriver, using only the standard library.

    with Browser(width=1200, height=900, dark=False) as browser:
        browser.open(path)
        browser.run("return document.title")
        browser.press(RIGHT)
        browser.complaints()        messages on the console at level warning or above
        browser.screenshot("a.png")
"""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.request

LEFT, RIGHT, END, HOME, TAB, PAGE_UP = "\ue012", "\ue014", "\ue010", "\ue011", "\ue004", "\ue00e"
PATIENCE_SECONDS = 120


class Browser:
    def __init__(self, width=1200, height=900, dark=False):
        self.folder = tempfile.mkdtemp(prefix="heaplab-browser-")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = f"http://127.0.0.1:{self._port()}"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                     f"--window-size={width},{height}", f"--user-data-dir={self.folder}"]
        if dark:
            arguments.append("--blink-settings=preferredColorScheme=0")
        wanted = {"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"},
                  "timeouts": {"script": (PATIENCE_SECONDS - 10) * 1000}}
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.base += "/session/" + answer["sessionId"]

    def _port(self):
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
        raise RuntimeError("chromedriver did not start")

    def _ask(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, headers={"Content-Type": "application/json"},
                                         data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, path):
        self._ask("POST", "/url", {"url": pathlib.Path(path).resolve().as_uri()})

    def resize(self, width, height):
        self._ask("POST", "/window/rect", {"width": width, "height": height})

    def run(self, script):
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def run_async(self, script):
        """SCRIPT calls its last argument, arguments[0], with the result."""
        return self._ask("POST", "/execute/async", {"script": script, "args": []})

    def press(self, keys, times=1):
        strokes = [{"type": kind, "value": key} for _ in range(times) for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def hover(self, x, y):
        move = {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}
        self._ask("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": [move]}]})

    def complaints(self):
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})
                if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.folder, ignore_errors=True)


def check(name, good, found=""):
    """Prints one line in the form that grader/tests/run counts."""
    print(f"ok - {name}" if good else f"not ok - {name}\n#   found: {found}", flush=True)


# HEAPLAB_SCREENSHOTS names a folder for screenshots of the tested pages.
SCREENSHOTS = os.environ.get("HEAPLAB_SCREENSHOTS", "")
