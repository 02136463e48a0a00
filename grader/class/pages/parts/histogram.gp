# SPDX-License-Identifier: MIT
# histogram.gp - how many submissions have how many points: lines of "label count" in the file `data`; mean and median
# are told in words beside it.
set terminal svg size 720,300 font "sans-serif,14" background "#fffffe"
set boxwidth 0.9
set style fill solid
set border 3 lc rgb "#010203"
set xtics nomirror scale 0 textcolor rgb "#010203"
set ytics nomirror scale 0.5 textcolor rgb "#010203"
set xlabel "score, % of all points" textcolor rgb "#010203"
set ylabel "submissions" textcolor rgb "#010203"
set yrange [0:*]
stats data using 2 nooutput
if (STATS_max <= 8) { set ytics 1 } # gnuplot's own choice would have halves
set key off
plot data using 0:2:xtic(1) with boxes lc rgb "#040506"
