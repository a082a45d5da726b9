# Runs one container attempt and outlives the daemon: `supervise RUNFILE BOOT MILLISECONDS EXECUTABLE [ARGUMENT...]`
# Standard output and error are the attempt's log already. RUNFILE gets "PID START BOOT MILLISECONDS", then "exit CODE".
# It is created here, never overwritten (set -C): of two supervisors of one attempt one wins, the other leaves.
# Names begin with _jobctl so that no variable of the pod is touched. No fork but the container itself.
set -C
trap : HUP INT QUIT TERM USR1 USR2 ALRM
_jobctl_group=0 _jobctl_start=0
[ -r /proc/self/stat ] && read -r _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_group _jobctl_x _jobctl_x _jobctl_x \
    _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x _jobctl_x \
    _jobctl_x _jobctl_x _jobctl_start _jobctl_x < /proc/self/stat
supervise() {
    _jobctl_run=$1 _jobctl_boot=$2 _jobctl_at=$3
    shift 3
    unset PWD OLDPWD SHLVL
    { : > "$_jobctl_run"; } 2>/dev/null || exit 125
    # On a full disk there must be no empty one: it would look like another supervisor's.
    printf '%s %s %s %s\n' "$$" "$_jobctl_start" "$_jobctl_boot" "$_jobctl_at" 2>/dev/null >> "$_jobctl_run" ||
        { rm -f "$_jobctl_run"; exit 125; }
    # A shell tells on standard error that its child died of a signal: not in the log.
    exec 3>&2 2>/dev/null
    (exec 2>&3 3>&-; exec "$@")
    _jobctl_code=$?
    printf 'exit %s\n' "$_jobctl_code" >> "$_jobctl_run" || exit "$_jobctl_code"
    # What the container left behind in its group ends with it; only where this shell leads a group of its own.
    [ "$_jobctl_group" = "$$" ] && kill -9 0
    exit "$_jobctl_code"
}
