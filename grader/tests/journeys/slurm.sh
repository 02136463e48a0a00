#!/bin/sh
# SPDX-License-Identifier: MIT
# slurm.sh - heaplab batch --engine slurm, on a Slurm of one machine that this test starts and ends, with its own ports,
# keys and folders. Skipped, with the reason, if Slurm is not installed or does not start.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
cd "$SCRATCH" || exit 1
chmod 711 "$SCRATCH"

skip() {
    echo "# skipped: $1"
    exit 0
}

for program in munged slurmctld slurmd sbatch squeue scancel; do
    [ -n "$(command -v $program)" ] || skip "no $program here (packages slurm-wlm and munge)"
done
[ "$(id -u)" -eq 0 ] || skip "only root can start a Slurm"

# Ports that are probably free: derived from this process's number.
port=$((20000 + $$ % 20000))
host=$(hostname -s)
mkdir slurm slurm/state slurm/spool
head -c 128 /dev/urandom >slurm/munge.key
chmod 700 slurm
chmod 600 slurm/munge.key
cat >slurm/slurm.conf <<END
ClusterName=heaplab
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$SCRATCH/slurm/munge.socket
StateSaveLocation=$SCRATCH/slurm/state
SlurmdSpoolDir=$SCRATCH/slurm/spool
SlurmctldPidFile=$SCRATCH/slurm/slurmctld.pid
SlurmdPidFile=$SCRATCH/slurm/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SchedulerParameters=sched_interval=1
MessageTimeout=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES State=UP
Prolog=$SCRATCH/slurm/prolog
END
# A task that has started waits as long as there is a file "wait".
printf '#!/bin/sh\nwhile [ -e %s/slurm/wait ]; do sleep 0.2; done\n' "$SCRATCH" >slurm/prolog
chmod 755 slurm/prolog
export SLURM_CONF="$SCRATCH/slurm/slurm.conf"

munged --foreground --force --key-file=slurm/munge.key --socket="$SCRATCH/slurm/munge.socket" --pid-file="$SCRATCH/slurm/munge.pid" \
    --log-file="$SCRATCH/slurm/munge.log" --seed-file="$SCRATCH/slurm/munge.seed" >slurm/munge.out 2>&1 &
munge=$!
slurmctld -D >slurm/slurmctld.out 2>&1 &
controller=$!
slurmd -D >slurm/slurmd.out 2>&1 &
node=$!
trap 'kill $node $controller $munge 2>/dev/null; wait $node $controller $munge 2>/dev/null; rm -rf "$SCRATCH"' EXIT

# is_up: the machine accepts jobs.
is_up() {
    sinfo --noheader --format=%t 2>/dev/null | grep -q idle
}
await is_up || skip "Slurm does not start here: $(tail -n 1 slurm/slurmctld.out slurm/slurmd.out | tr '\n' ' ')"

mkdir -p class/alice class/bob class/carol
cp "$ROOT/build/reference/$LAB"/* class/alice
cp "$ROOT/labs/$LAB"/*.c class/bob
cp "$ROOT/build/reference/$LAB"/*.c class/carol

# batch ENGINE OUT
batch() {
    timeout 120 "$HEAPLAB" batch --lab 01 --no-coverage --jobs 1 --engine "$1" --out "$2" class
}
# dump FOLDER: its whole gradebook.
dump() {
    sqlite3 "$1/gradebook.sqlite" .dump
}

check "a class is graded by a Slurm job" status 0 batch slurm "$SCRATCH/out"
check "every submission has a result" same "$(find out/results -name '*.json' | wc -l)" 3
check "the same class is graded here" status 0 batch local "$SCRATCH/local"
dump out >slurm.dump
dump local >local.dump
check "with the same gradebook" cmp slurm.dump local.dump
check "started again, there is nothing to do" status 0 batch slurm "$SCRATCH/out"
check "and no job is submitted" lacks "$(cat output)" "Slurm job"
rm out/results/bob.json
check "if a result is missing, only that submission is graded" status 0 batch slurm "$SCRATCH/out"
check "and the gradebook is the same" same "$(dump out | cksum)" "$(cksum <slurm.dump)"

# --- a controller that goes away while tasks wait

# hold STATE: no task starts on the machine (drain), or tasks do again (resume).
hold() {
    scontrol update NodeName="$host" State="$1" Reason=test
}
# later OUT: starts a batch that Slurm cannot work on yet, and waits until it has submitted its job.
later() {
    hold drain
    batch slurm "$1" >later.out 2>&1 &
    batch=$!
    await test -s "$1/slurm.job"
}
later "$SCRATCH/away"
kill $controller # it saves its state first
wait $controller 2>/dev/null
sleep 5
check "a controller that is away is waited for" kill -0 "$batch"
check "and its job is remembered" test -s away/slurm.job
slurmctld -D >slurm/slurmctld.out 2>&1 &
controller=$!
await hold resume
check "when it is back, the class is graded" wait "$batch"
check "which was said" contains "$(cat later.out)" "Slurm does not answer; waiting for it"
check "there was no fault" lacks "$(cat later.out)" "has no result"
dump away >away.dump
check "the gradebook is the same" cmp slurm.dump away.dump
check "the finished job is forgotten" test ! -e away/slurm.job

# --- a controller that is killed, kill -9, in the middle of a job

is_back() {
    hold resume || sinfo --noheader >/dev/null
}
# restart: starts the controller again, and waits until it answers.
restart() {
    slurmctld -D >slurm/slurmctld.out 2>&1 &
    controller=$!
    await is_back
}
runs() {
    [ "$(squeue --noheader --states=R 2>/dev/null | wc -l)" -gt 0 ]
}
saved() {
    [ -n "$(find slurm/state/job_state -newer slurm/now)" ]
}
all_graded() {
    [ "$(find killed/results -name '*.json' 2>/dev/null | wc -l)" -eq 3 ]
}
touch slurm/wait
batch slurm "$SCRATCH/killed" >later.out 2>&1 &
batch=$!
await runs
check "a task is at work" runs
touch slurm/now
await saved # the controller writes its state down every few seconds
kill -9 $controller
wait $controller 2>/dev/null
rm slurm/wait
await all_graded
check "its tasks go on while the controller is dead" all_graded
check "and the batch waits for it" kill -0 "$batch"
restart
check "when it is back, the class is graded" wait "$batch"
check "there was no fault" lacks "$(cat later.out)" "has no result"
check "it was one job" same "$(grep -c 'Slurm job' later.out)" 1
check "the gradebook is the same" same "$(dump killed | cksum)" "$(cksum <slurm.dump)"

# One that is killed before it has written down a new job does not know it when it is back.
later "$SCRATCH/forgotten"
kill -9 $controller
wait $controller 2>/dev/null
rm -f slurm/state/job_state*
sleep 2
restart
hold resume 2>/dev/null
check "a job that the controller has lost is submitted again" wait "$batch"
check "which is said" contains "$(cat later.out)" "any more, and 3 submissions have no result Slurm job"
check "the gradebook is the same" same "$(dump forgotten | cksum)" "$(cksum <slurm.dump)"

# --- tasks that somebody cancels

later "$SCRATCH/ended"
scancel "$(cat ended/slurm.job)"
got=0
wait "$batch" || got=$?
check "cancelled tasks are faults" same $got 2
check "that are not counted as graded" contains "$(cat later.out)" "3 submissions have no result"
check "nor by the count at the end" contains "$(cat later.out)" "0 graded in"
check "nor in the gradebook" same "$(sqlite3 ended/gradebook.sqlite 'SELECT count(*) FROM grades')" 0
hold resume
check "the same batch grades them later" status 0 batch slurm "$SCRATCH/ended"
check "with the same gradebook" same "$(dump ended | cksum)" "$(cksum <slurm.dump)"
