# SPDX-License-Identifier: MIT
# memory.awk - rows of memory, drawn to scale as SVG. It reads
#
#     row CAPTION                        starts a row
#     part KIND OFFSET BYTES [TEXT]      used, free, books (headers, links, footers), lost (padding), wrong
#     below OFFSET TEXT                  a remark under a place of the row
#     arrow FROM TO                      from one offset to another, over the row
#     scale BYTES                        how many bytes the widest row has; otherwise found by itself
#
# Kinds differ in pattern, not in colour, so that the figure prints well in black and white.
BEGIN {
    WIDTH = 680; LEFT = 10; HEIGHT = 34; CAPTION = 18; ARROWS = 26; BELOW = 16; GAP = 14; LETTER = 6.3
    fill["used"] = "#cfd8e3"; fill["free"] = "url(#hatched)"; fill["books"] = "#3b3b3b"
    fill["lost"] = "url(#dotted)"; fill["wrong"] = "url(#crossed)"
}
$1 == "row" { rows++; caption[rows] = rest(2); next }
$1 == "part" {
    n = ++parts[rows]
    kind[rows, n] = $2; from[rows, n] = $3; size[rows, n] = $4; text[rows, n] = rest(5)
    if ($3 + $4 > most) most = $3 + $4
    next
}
$1 == "below" { n = ++belows[rows]; place[rows, n] = $2; remark[rows, n] = rest(3); next }
$1 == "arrow" { n = ++arrows[rows]; tail[rows, n] = $2; head[rows, n] = $3; next }
$1 == "scale" { most = $2; next }
NF { print "memory.awk: no line '" $1 "' is known" >"/dev/stderr"; failed = 1; exit 1 }
END { if (!failed) draw() }

function rest(first,    i, words) {
    words = $first
    for (i = first + 1; i <= NF; i++) words = words " " $i
    return words
}
function escape(words) {
    gsub(/&/, "\\&amp;", words); gsub(/</, "\\&lt;", words); gsub(/>/, "\\&gt;", words)
    return words
}
function x_of(offset) { return LEFT + offset * (WIDTH - 2 * LEFT) / most }
function height_of(row) { return CAPTION + (arrows[row] ? ARROWS : 0) + HEIGHT + (belows[row] ? BELOW : 0) + GAP }

function draw(    row, y, total) {
    for (row = 1; row <= rows; row++) total += height_of(row)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" ", WIDTH, total, WIDTH, total
    print "font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"11\">"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    print "<defs>"
    print "<pattern id=\"hatched\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\"><rect width=\"7\" height=\"7\" fill=\"#fff\"/><path d=\"M-1 8L8 -1\" stroke=\"#b5b5b5\"/></pattern>"
    print "<pattern id=\"dotted\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/><circle cx=\"2\" cy=\"2\" r=\"0.9\" fill=\"#555\"/></pattern>"
    print "<pattern id=\"crossed\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M0 0L6 6M6 0L0 6\" stroke=\"#333\"/></pattern>"
    print "</defs>"
    y = 0
    for (row = 1; row <= rows; row++) {
        draw_row(row, y)
        y += height_of(row)
    }
    print "</svg>"
}
function draw_row(row, y,    n) {
    if (caption[row] != "")
        printf "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>\n", LEFT, y + 12, escape(caption[row])
    y += CAPTION + (arrows[row] ? ARROWS : 0)
    for (n = 1; n <= parts[row]; n++) draw_part(row, n, y)
    for (n = 1; n <= arrows[row]; n++) draw_arrow(x_of(tail[row, n]), x_of(head[row, n]), y)
    for (n = 1; n <= belows[row]; n++) draw_below(x_of(place[row, n]), y + HEIGHT, remark[row, n])
}
function draw_part(row, n, y,    x, width, words, dark) {
    x = x_of(from[row, n]); width = size[row, n] * (WIDTH - 2 * LEFT) / most
    words = text[row, n]; dark = kind[row, n] == "books"
    printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#000\" stroke-width=\"0.8\"/>\n", \
        x, y, width, HEIGHT, fill[kind[row, n]]
    if (words == "" || length(words) * LETTER > width - 2)
        return
    if (kind[row, n] != "used" && !dark)
        printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"#fff\"/>\n", \
            x + width / 2 - length(words) * LETTER / 2 - 2, y + 9, length(words) * LETTER + 4
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n", x + width / 2, y + 21, \
        dark ? "#fff" : "#000", escape(words)
}
function draw_arrow(x1, x2, y,    high) {
    high = y - ARROWS + 4
    printf "<path d=\"M%.1f %dC%.1f %d %.1f %d %.1f %d\" fill=\"none\" stroke=\"#000\"/>", x1, y, x1, high, x2, high, x2, y - 6
    printf "<path d=\"M%.1f %dl-3.5 -7h7z\"/>\n", x2, y
}
function draw_below(x, y, words,    half, middle) {
    half = length(words) * LETTER / 2
    middle = x < LEFT + half ? LEFT + half : x > WIDTH - half ? WIDTH - half : x
    printf "<path d=\"M%.1f %dv4\" stroke=\"#000\"/>", x, y
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\">%s</text>\n", middle, y + 14, escape(words)
}
