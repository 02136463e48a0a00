# SPDX-License-Identifier: MIT
# regions.awk - a process's memory as a tower of regions, from high addresses to low ones, as SVG. It reads
#
#     region NAME SIZE       one region (words joined by _), its size as text; "-" for none
#     in TEXT                something that lies in it
#     gap TEXT               addresses that are not in use
#
# It is not drawn to scale: the gaps are thousands of times larger than what is in use.
BEGIN { WIDTH = 560; TOWER = 190; LEFT = 120; LINE = 17; GAP_HEIGHT = 30 }
$1 == "region" { n++; kind[n] = "region"; name[n] = $2; gsub(/_/, " ", name[n]); size[n] = $3 == "-" ? "" : rest(3); next }
$1 == "gap" { n++; kind[n] = "gap"; name[n] = rest(2); next }
$1 == "in" { inside[n, ++count[n]] = rest(2); next }
NF { print "regions.awk: no line '" $1 "' is known" >"/dev/stderr"; failed = 1; exit 1 }
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
function height_of(i) {
    if (kind[i] == "gap") return GAP_HEIGHT
    return (count[i] > 2 ? count[i] : 2) * LINE + 8
}
function draw(    i, k, y, total, height) {
    for (i = 1; i <= n; i++) total += height_of(i)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" ", WIDTH, total + 10, WIDTH, total + 10
    print "font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"11.5\">"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    printf "<text x=\"0\" y=\"16\">high addresses</text><text x=\"0\" y=\"%d\">low addresses</text>\n", total
    printf "<path d=\"M40 26V%d\" stroke=\"#000\"/><path d=\"M40 22l-4 9h8z\"/>\n", total - 14
    y = 4
    for (i = 1; i <= n; i++) {
        height = height_of(i)
        if (kind[i] == "gap")
            draw_gap(y, height, name[i])
        else
            draw_region(i, y, height)
        y += height
    }
    print "</svg>"
}
function draw_gap(y, height, words) {
    printf "<path d=\"M%d %dv%dM%d %dv%d\" stroke=\"#000\" stroke-dasharray=\"2 3\"/>", LEFT, y, height, LEFT + TOWER, y, height
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-style=\"italic\">%s</text>\n", LEFT + TOWER / 2, y + 20, escape(words)
}
function draw_region(i, y, height,    k) {
    printf "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#dfe5ec\" stroke=\"#000\"/>", LEFT, y, TOWER, height
    printf "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT + 8, y + LINE + 1, escape(name[i])
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", LEFT + TOWER - 8, y + LINE + 1, escape(size[i])
    for (k = 1; k <= count[i]; k++)
        printf "<text x=\"%d\" y=\"%d\">%s</text>\n", LEFT + TOWER + 12, y + LINE * k, escape(inside[i, k])
}
