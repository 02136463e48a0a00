#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pdf.py - makes PDFs from pages, beside them, with weasyprint.

    pdf.py PAGE.html...

One program makes all pages, one at a time on each processor: loading weasyprint takes longer than some pages do. The
largest pages come first, so that no processor is left alone with one of them at the end.
"""

import gc
import logging
import multiprocessing
import os
import sys

from weasyprint import HTML

logging.getLogger("fontTools").setLevel(logging.ERROR)


def print_page(page):
    pdf = page.removesuffix(".html") + ".pdf"
    HTML(page).write_pdf(pdf + ".new")
    os.replace(pdf + ".new", pdf)
    gc.collect()


if __name__ == "__main__":
    gc.disable()  # it would visit a page's boxes over and over, a sixth of all time; they are freed after the page
    pages = sorted(sys.argv[1:], key=os.path.getsize, reverse=True)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for _ in pool.imap_unordered(print_page, pages):
            pass
