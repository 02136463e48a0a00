# SPDX-License-Identifier: MIT
# addresses.awk - replaces addresses, which change from run to run: hexadecimal numbers that are long enough. In a
# program's output equal addresses stay equal: 0x......A, 0x......B and so on, in order of appearance. In the output of
# tools all become 0x....... The simulated heap of labs 05 to 08 starts at 0x60400000 in every run, so its addresses
# stay.
{
    rest = $0
    line = ""
    while (match(rest, /0x[0-9a-fA-F]+/)) {
        number = substr(rest, RSTART, RLENGTH)
        line = line substr(rest, 1, RSTART - 1) stable(number)
        rest = substr(rest, RSTART + RLENGTH)
    }
    print line rest
}

function stable(number) {
    if (length(number) < (kind == "run" ? 8 : 6) || number ~ /^0x604/ || number ~ /^0xf+$/ || number ~ /^0x(cb|dd)+$/)
        return number
    if (kind != "run")
        return "0x......"
    if (!(number in letter))
        letter[number] = sprintf("%c", 65 + known++)
    return "0x......" letter[number]
}
