# SPDX-License-Identifier: MIT
# plot.gp - one trace under the three policies: gnuplot -e "trace='perl'; folder='...'" plot.gp
# Lines differ in dash as well as colour (Okabe and Ito's palette), so that they print well in black and white.
set terminal svg size 900,640 font "sans-serif,13"
set output folder."/".trace.".svg"
set multiplot layout 2,1 title trace.": the same calls under three fit policies"
set grid
set key outside right
set xlabel "calls"
file(p) = folder."/".trace.".".p.".tsv"
set ylabel "live bytes per byte of heap"
set yrange [0:1]
plot file("first") using 1:2 with lines lw 2 dt 1 lc rgb "#0072B2" title "first fit", \
     file("best") using 1:2 with lines lw 2 dt 2 lc rgb "#D55E00" title "best fit", \
     file("next") using 1:2 with lines lw 2 dt 4 lc rgb "#009E73" title "next fit"
set ylabel "ns a call"
set autoscale y
plot file("first") using 1:3 with lines lw 2 dt 1 lc rgb "#0072B2" title "first fit", \
     file("best") using 1:3 with lines lw 2 dt 2 lc rgb "#D55E00" title "best fit", \
     file("next") using 1:3 with lines lw 2 dt 4 lc rgb "#009E73" title "next fit"
unset multiplot
