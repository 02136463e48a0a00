# SPDX-License-Identifier: MIT
# owntests.gp - own tests: share of wrong versions caught against coverage of a right one; lines of "coverage caught
# submissions" in the file `data`. A larger dot is more than one submission.
set terminal svg size 720,300 font "sans-serif,14" background "#fffffe"
set border 3 lc rgb "#010203"
set xtics nomirror scale 0.5 textcolor rgb "#010203"
set ytics nomirror scale 0.5 textcolor rgb "#010203"
set xlabel "coverage of a right version by own tests, %" textcolor rgb "#010203"
set ylabel "wrong versions caught, %" textcolor rgb "#010203"
set xrange [0:104]
set yrange [0:104]
set key off
plot data using 1:2:(0.4 + 0.3 * sqrt($3)) with points pt 7 ps variable lc rgb "#040506"
