#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pdf.py - pages to PDFs beside them, with weasyprint. One program for many pages: to load it takes longer than some pages do.

    pdf.py PAGE.html...
"""

import logging
import os
import sys

from weasyprint import HTML

logging.getLogger("fontTools").setLevel(logging.ERROR)
for page in sys.argv[1:]:
    pdf = page.removesuffix(".html") + ".pdf"
    HTML(page).write_pdf(pdf + ".new")
    os.replace(pdf + ".new", pdf)
