# SPDX-License-Identifier: MIT
# policies.gp - utilization over time of one trace under three policies, to stdout: gnuplot -e "folder='...'; trace='...'".
# Lines differ in dash as well as in colour.
set terminal svg size 680,300 font "DejaVu Sans,11" background rgb "white"
set grid lc rgb "#cccccc"
set key bottom right samplen 5
set xlabel "calls of malloc, realloc and free"
set ylabel "live bytes per byte of heap"
set yrange [0:1]
file(p) = folder."/".trace.".".p.".tsv"
plot file("first") using 1:2 with lines lw 2 dt 1 lc rgb "#000000" title "first fit", \
     file("best") using 1:2 with lines lw 2 dt 2 lc rgb "#555555" title "best fit", \
     file("next") using 1:2 with lines lw 2 dt 3 lc rgb "#777777" title "next fit"
