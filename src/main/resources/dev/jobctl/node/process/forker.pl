# Forks supervisors of container attempts without starting a program for each, and makes their sandboxes.
#
# `serve PODS`: standard input has orders. An order is a length of four bytes, the supervisor's part, and the program's part;
# the first part has a length of its own. Both are fields: a length of four bytes and a text, its first letter says
# what. An order that waits is made ready and no more, until another one with no first part says "ID 1", or "ID 0" when
# nothing may be left of it; or "ID 2" when its supervisor has been told already: by a byte in the pipe that is this
# process's descriptor N, as "W ID N" says. Standard output has a line per event: that one; "P ID PID START" once an
# attempt is recorded, "S ID" when its program runs, "F ID TEXT" when it cannot, "E PID CODE" when a supervisor ended.
# The end of input ends this process and nothing else: supervisors live in sessions of their own.
#
# `pause FILE`: makes a process namespace for several sandboxes, and its record in FILE. `enter PID RUN`: runs one
# order, read the same way, where that supervisor keeps the attempt with that record. `probe` makes a sandbox and ends
# with 0, or says on standard error what is wrong.
#
# An attempt in a sandbox is three processes: the supervisor in the host's namespaces, which keeps record and log; the first
# process of the namespaces, which mounts, collects the dead and takes everything along when it ends; the program.
# Without a sandbox the supervisor is the program's parent and adopts what the program leaves, but for a program that
# stands apart: what a container engine's command leaves runs on.
#
# Sandboxes and supervisors are made before it is known for which attempt, and wait for its order. So some are kept as
# spares while attempts follow one another: forks and mounts take milliseconds, an order to a spare takes a fraction of
# one. A supervisor whose attempt has ended becomes a spare again, once an order says that nobody means it any more by
# the attempt that it had: a process that has just run costs less than a copy of one. So does the first process of its
# namespaces, unless the program could look into it.
# POSIX without its Perl part, most of which is lists of names: every process here would have a copy of their memory.
BEGIN {
    eval {
        require XSLoader;
        require Fcntl;
        XSLoader::load('POSIX');
        *{"POSIX::$_"} = \&{"Fcntl::$_"} for qw(O_RDONLY O_WRONLY O_RDWR O_APPEND O_CREAT O_EXCL O_NOCTTY O_NONBLOCK);
        1;
    } or require POSIX;
}

my $machine = (POSIX::uname())[4];
my %table = (
    x86_64 => {
        unshare => 272, mount => 165, umount2 => 166, pivot_root => 155, sethostname => 170, prctl => 157,
        capset => 126, setgroups => 116, setresuid => 117, setresgid => 119, mknodat => 259, setns => 308,
        prlimit => 302, renameat2 => 316, fchdir => 81, sched_yield => 24, sched_setscheduler => 144, sched_getscheduler => 145,
    },
    aarch64 => {
        unshare => 97, mount => 40, umount2 => 39, pivot_root => 41, sethostname => 161, prctl => 167,
        capset => 91, setgroups => 159, setresuid => 147, setresgid => 149, mknodat => 33, setns => 268,
        prlimit => 261, renameat2 => 276, fchdir => 50, sched_yield => 124, sched_setscheduler => 119, sched_getscheduler => 120,
    },
);
my %number = (%{ $table{$machine} || {} },
    open_tree => 428, move_mount => 429, pidfd_open => 434, openat2 => 437, mount_setattr => 442);

use constant {
    NEWNS => 0x20000, NEWUTS => 0x4000000, NEWIPC => 0x8000000, NEWUSER => 0x10000000, NEWPID => 0x20000000,
    REC => 0x4000, PRIVATE => 0x40000, REMOUNT => 0x20, BIND => 0x1000, RDONLY => 1, NOSUID => 2, NODEV => 4,
    NOEXEC => 8, HERE => -100, RECURSIVE => 0x8000, EMPTY_PATH => 0x1000, CLONE => 0x80001, MOVE_EMPTY_PATH => 4, TO_EMPTY_PATH => 64,
    IN_ROOT => 16, NOREPLACE => 1, DETACH => 2, PDEATHSIG => 1, SUBREAPER => 36, CAPBSET_DROP => 24,
    SYS_PTRACE => 19, SYS_ADMIN => 21, SYS_NICE => 23, SYS_RESOURCE => 24, NO_NEW_PRIVS => 38, KILL => 9,
    GET_FLAGS => 0x80086601, SET_FLAGS => 0x40086602, TOP_DIRECTORY => 0x20000,
    UNRECORDED => 125, LOST => 255,
    FAILED => 128, CAPS => 41, SET_STATUS => 4, CONTROLLING => 0x540E, UNLOCK => 0x40045431, NUMBER => 0x80045430, PIECE => 1 << 14,
    MUCH => 1 << 16, LAST_PIECES => 1 << 10,
    O_PATH => 0x200000, CLOEXEC => 0x80000, BENEATH => 8 | 2, NO_MAGIC => 2, OTHER => 0, BATCH => 3,
    HOST => '/tmp/.host', SPARES => 2, SPARES_MAX => 16, LENT_MAX => 64, IDLE_SECONDS => 10, BEGIN_SECONDS => 0.002, LONGEST => 1 << 30,
};

# An ordinary user's namespaces belong to a user namespace of their own.
my $mapped = $> != 0;
my $terminated = POSIX::SigSet->new(POSIX::SIGTERM());
my ($child, $stop, $supervisors) = (0, 0, 0);
# The forker's own: spares of one kind, when the last order came, which supervisor was given which, those that may come
# back, those whose order waits, those that nobody means any more, whether one goes on just now, the host's mounts.
my (@spares, $wanted, $used, %given, %lent, %held, @free, $onward, $mounts);
# The host's files as they are, while a sandbox is being furnished: what they are found below, and a copy of them that is
# in no place. A kernel older than 6.15 copies nothing out of such a copy, which then gets a place for a while.
my ($host, $view);
# Where the first process of the namespaces comes back to after a program; none where it ends with that.
my @outside;
my ($major, $minor) = (POSIX::uname())[2] =~ /^(\d+)\.(\d+)/;
my $floats = $major > 6 || $major == 6 && $minor >= 15;
my (%skeleton, @skeletons);
# An order's two parts, which the next one is like; whether the next one is there already.
my (@sample, $needed);
# Whether nobody has asked for another way of getting the processor.
my $ordinary = exists $number{sched_getscheduler} && syscall($number{sched_getscheduler}, 0) == OTHER;

# Every argument of syscall must be a variable, since a system call may write into it.
sub sys {
    my ($name, @words) = @_;
    die "$name is not known on $machine\n" unless exists $number{$name};
    my $result = syscall($number{$name}, @words);
    die "$name: $!\n" if $result < 0;
    return $result;
}

sub mounted {
    my ($type, $target, $flags, $options) = @_;
    eval { sys('mount', $type, $target, $type, $flags, $options // 0); 1 } or die "$target: $@";
}

# A copy of what is mounted at and below a path, in no place yet.
sub tree {
    my ($path) = @_;
    my $tree = eval { sys('open_tree', HERE, $path, CLONE | RECURSIVE) };
    die "$path: $@" unless defined $tree;
    return $tree;
}

sub attach {
    my ($tree, $target) = @_;
    my $empty = '';
    eval { sys('move_mount', $tree, $empty, HERE, $target, MOVE_EMPTY_PATH); 1 } or die "$target: $@";
    POSIX::close($tree);
}

# The same at an open file or directory, which it closes.
sub attach_at {
    my ($tree, $place) = @_;
    my $empty = '';
    sys('move_mount', $tree, $empty, $place, $empty, MOVE_EMPTY_PATH | TO_EMPTY_PATH);
    POSIX::close($_) for $tree, $place;
}

# Sets attributes of a whole tree: one in no place, or at a path (then `tree` is HERE).
sub restrict {
    my ($tree, $path, $attributes) = @_;
    my $words = pack 'QQQQ', $attributes, 0, 0, 0;
    sys('mount_setattr', $tree, $path, RECURSIVE | ($path eq '' ? EMPTY_PATH : 0), $words, 32);
}

# The directory as a file system of its own, all its children in their places: so a mount point can be made in it.
sub skeleton {
    my ($path) = @_;
    return if $skeleton{$path}++;
    push @skeletons, $path;
    my $below = $path eq '/' ? '' : $path;
    opendir(my $list, $path) or die "$path: $!\n";
    my @names = grep { $_ ne '.' && $_ ne '..' } readdir $list;
    closedir $list;
    my (%trees, %links);
    for my $name (@names) {
        my $link = readlink "$below/$name";
        if (defined $link) { $links{$name} = $link; next }
        my $tree = eval { tree("$below/$name") };
        $trees{$name} = [$tree, -d "$below/$name"] if defined $tree;
    }
    my $mode = sprintf 'mode=%o', (stat $path)[2] & 07777;
    if ($path eq '/') {
        mounted('tmpfs', '/tmp', NOSUID | NODEV, 'mode=755');
        chdir '/tmp' or die "/tmp: $!\n";
        my ($new, $old) = ('.', '.');
        sys('pivot_root', $new, $old);
        sys('umount2', $new, DETACH);
        chdir '/';
    } else {
        mounted('tmpfs', $path, NOSUID | NODEV, $mode);
    }
    symlink $links{$_}, "$below/$_" for keys %links;
    for my $name (keys %trees) {
        my ($tree, $directory) = @{ $trees{$name} };
        made("$below/$name", $directory) or die "$below/$name: $!\n";
        attach($tree, "$below/$name");
    }
}

sub made {
    my ($path, $directory) = @_;
    return mkdir $path, 0755 if $directory;
    sysopen(my $file, $path, POSIX::O_WRONLY() | POSIX::O_CREAT(), 0644) or return 0;
    return close $file;
}

sub parent {
    my ($parent) = $_[0] =~ m{^(.*)/[^/]*\z}s;
    return $parent eq '' ? '/' : $parent;
}

# Makes what a mount needs to stand on.
sub point {
    my ($path, $directory) = @_;
    return if -e $path;
    my $parent = parent($path);
    point($parent, 1);
    return if made($path, $directory);
    skeleton($parent);
    made($path, $directory) or die "mount point $path: $!\n";
}

# An open file or directory for a mount, made where it is missing. A name that leads by way of an open file, as in
# another process's list of them, could make something on the host: what furnishes a sandbox has a view of that open.
sub stand {
    my ($path, $directory) = @_;
    my $place = plain($path);
    return $place if defined $place;
    my $found = $path;
    $found = parent($found) until -e $found;
    POSIX::close(plain($found) // die "mount point $path: \l$!\n");
    point($path, $directory);
    return plain($path) // die "mount point $path: \l$!\n";
}

sub plain {
    my ($path) = @_;
    my $how = pack 'QQQ', O_PATH | CLOEXEC, 0, NO_MAGIC;
    my $file = syscall($number{openat2}, HERE, $path, $how, 24);
    return $file < 0 ? undef : $file;
}

# Does ahead of the order what will probably be the same for it. What is only read and forgotten again makes the
# memory this process's own, which it shares with its parent until it writes there: an order is read in half the time.
sub rehearse {
    my ($orders, $bytes) = @_;
    order($bytes) unless $needed || readable($orders, 0);
}

# Who waits as `BATCH` and is told to go on does not take the processor from who tells it, and has more to tell.
sub patient {
    my ($patient) = @_;
    my ($policy, $priority) = ($patient ? BATCH : OTHER, pack 'i', 0);
    syscall($number{sched_setscheduler}, 0, $policy, $priority) if $ordinary;
}

sub devices {
    my @nodes = (['null', 1, 3], ['zero', 1, 5], ['full', 1, 7], ['random', 1, 8], ['urandom', 1, 9], ['tty', 5, 0]);
    my %trees;
    if ($mapped) { $trees{ $_->[0] } = tree("/dev/$_->[0]") for @nodes }
    mounted('tmpfs', '/dev', NOSUID, 'mode=755,size=64k,nr_inodes=256');
    my $mask = umask 0;
    for (@nodes) {
        my ($name, $major, $minor) = @$_;
        my $path = "/dev/$name";
        if ($mapped) { made($path, 0); attach($trees{$name}, $path) }
        else { sys('mknodat', HERE, $path, 0020666, $major << 8 | $minor) }
    }
    mkdir '/dev/pts', 0755;
    mkdir '/dev/shm', 01777;
    umask $mask;
    mounted('devpts', '/dev/pts', NOSUID | NOEXEC, 'newinstance,ptmxmode=0666,mode=620');
    mounted('tmpfs', '/dev/shm', NOSUID | NODEV, 'mode=1777');
    symlink '/proc/self/fd', '/dev/fd';
    symlink "/proc/self/fd/$_->[0]", "/dev/$_->[1]" for [0, 'stdin'], [1, 'stdout'], [2, 'stderr'];
    symlink 'pts/ptmx', '/dev/ptmx';
}

# The namespaces' own processes; what there changes the machine is read-only or out of sight.
sub processes {
    mounted('proc', '/proc', NOSUID | NODEV | NOEXEC);
    my $empty = '';
    for my $part (grep { -e } map { "/proc/$_" } qw(sys sysrq-trigger irq bus fs)) {
        my $tree = tree($part);
        restrict($tree, $empty, RDONLY);
        attach($tree, $part);
    }
    return unless -e '/proc/kcore';
    my $null = tree('/dev/null');
    restrict($null, $empty, RDONLY);
    attach($null, '/proc/kcore');
}

# Fresh and empty but for what names and programs are found with.
sub runtime_files {
    my %kept = map { $_ => tree($_) } grep { -d } qw(/run/systemd/resolve /run/current-system /run/wrappers);
    mounted('tmpfs', '/run', NOSUID | NODEV, 'mode=755');
    for my $path (sort keys %kept) {
        point($path, 1);
        attach($kept{$path}, $path);
    }
}

# A file of the host, whose links lead where they lead on the host. Made where `mode` is given and it is missing.
sub on_host {
    my ($path, $flags, $mode) = @_;
    $flags |= POSIX::O_CREAT() if $mode;
    if (!$host) {
        my $file = POSIX::open($path, $flags, $mode // 0) // die "$path: \l$!\n";
        return $file;
    }
    my ($below, $how) = ($path =~ m{^/*(.*)}s, pack 'QQQ', $flags | CLOEXEC, $mode // 0, IN_ROOT);
    $below = '.' if $below eq '';
    my $file = eval { sys('openat2', $host, $below, $how, 24) };
    die "$path: \l$!\n" unless defined $file;
    return $file;
}

# Where the program writes itself into its control groups.
sub joins {
    my ($order) = @_;
    return [map { on_host($_, POSIX::O_WRONLY()) } @{ $order->{groups} }];
}

# Only who is in the namespaces in which the view of the host was made may copy something out of it.
sub where_made {
    my ($work) = @_;
    return $work->() unless @outside;
    my @here = here('mnt');
    entered(@outside[1, 2]);
    my $made = $work->();
    entered(@here);
    POSIX::close($_) for @here;
    return $made;
}

# What is to be mounted, with no link in a part of it followed out of the whole.
sub source {
    my ($place) = @_;
    if ($place->{how} =~ /c/) {
        # Whoever the program is may write there, whatever this process's mask.
        open my $file, '>&=', on_host($place->{source}, POSIX::O_WRONLY(), 0644);
        chmod 0666, $file;
    }
    my $from = on_host($place->{source}, O_PATH);
    if (defined $place->{part}) {
        my $how = pack 'QQQ', O_PATH | CLOEXEC, 0, BENEATH;
        my $part = sys('openat2', $from, $place->{part}, $how, 24);
        POSIX::close($from);
        $from = $part;
    }
    my $empty = '';
    my $tree = sys('open_tree', $from, $empty, CLONE | RECURSIVE | EMPTY_PATH);
    POSIX::close($from);
    return $tree;
}

# What nobody may reach, by whatever name, link or part: empty from now on. Of the host's files in a place, and so in all
# that is mounted of them, or of the sandbox's own.
sub cover {
    for my $path (@_) {
        my $place = eval { on_host($path, O_PATH) } // next;
        mounted('tmpfs', "/proc/self/fd/$place", RDONLY | NOSUID | NODEV | NOEXEC, 'mode=555');
        POSIX::close($place);
    }
}

# Whether a mount of the order needs a new name in the root.
sub extends {
    my ($order) = @_;
    return scalar grep { !-e } @{ $order->{tops} };
}

sub separate {
    sys('unshare', NEWNS | NEWUTS | NEWIPC);
}

# What no program can change, in new namespaces.
sub founded {
    my ($like) = @_;
    my ($root) = ('/');
    # Whoever the program is may go where its volumes are, whatever the daemon's mask.
    umask 022;
    separate();
    mounted('none', $root, REC | PRIVATE);
    my $whole = tree($root);
    restrict(HERE, $root, RDONLY);
    processes();
    cover($like->{home}) if defined $like->{home};
    $view = $whole;
}

# What a program may write to, for itself alone.
sub furnish {
    my ($like) = @_;
    skeleton('/') if extends($like);
    mounted('tmpfs', '/tmp', NOSUID | NODEV, 'mode=1777');
    runtime_files() if -d '/run';
    devices();
    return if $floats;
    show($view);
    undef $view;
}

# Gives a view of the host a place.
sub show {
    my ($tree) = @_;
    mkdir HOST, 0;
    attach($tree, HOST);
}

# Takes the place away: nobody sees the host from now on.
sub hide {
    my ($seen, $placed) = (HOST, !defined $view || $host != $view);
    POSIX::close($host) if $placed;
    undef $host;
    return unless $placed;
    sys('umount2', $seen, DETACH);
    rmdir HOST;
}

# The rest of the program's view.
sub settle {
    my ($order) = @_;
    my $empty = '';
    my @places = @{ $order->{places} };
    my @foreign = grep { $_->{how} =~ /h/ } @places;
    if ($order->{sandbox}) {
        # Only in a place can parts of it be covered; the next order's view is covered nowhere.
        if (@foreign && defined $view) {
            show(where_made(sub { sys('open_tree', $view, $empty, CLONE | RECURSIVE | EMPTY_PATH) }));
            $host = POSIX::open(HOST, O_PATH);
        } else {
            $host = $view // POSIX::open(HOST, O_PATH);
        }
        die "host: \l$!\n" unless defined $host;
    }
    $order->{joins} = joins($order);
    # The supervisor, who writes, may come later.
    $order->{reads} = on_host($order->{input}, POSIX::O_RDONLY() | POSIX::O_NONBLOCK()) if defined $order->{input};
    return unless $host;
    my $sources = sub { $_->{tree} = source($_) for grep { $_->{how} !~ /h/ } @places };
    defined $view && $host == $view ? where_made($sources) : $sources->();
    if (@foreign) {
        cover($order->{home});
        $_->{tree} = source($_) for grep { $_->{how} !~ /r/ } @foreign;
        cover(qw(/run /dev /proc));
        $_->{tree} = source($_) for grep { $_->{how} =~ /r/ } @foreign;
    }
    hide();
    for my $place (@places) {
        my $stand = stand($place->{target}, $place->{how} =~ /d/);
        restrict($place->{tree}, $empty, NODEV | ($place->{how} =~ /r/ ? RDONLY : 0));
        attach_at($place->{tree}, $stand);
    }
    for (@skeletons, $order->{readonly} ? ('/tmp', '/run', '/dev/shm') : ()) {
        eval { mounted('none', $_, REMOUNT | BIND | RDONLY | NOSUID | NODEV) };
    }
    sys('sethostname', $order->{hostname}, length $order->{hostname}) if length $order->{hostname};
}

sub limit {
    my ($resource, $value) = @_;
    my $pair = pack 'QQ', $value, $value;
    sys('prlimit', 0, $resource + 0, $pair, 0);
}

# What the program may not do that this process may.
sub confine {
    my ($order) = @_;
    defined POSIX::write($_, '0', 1) or die "control group: \l$!\n" for @{ $order->{joins} };
    POSIX::close($_) for @{ $order->{joins} };
    limit(split / /) for @{ $order->{limits} };
    unless ($mapped) {
        if (defined $order->{supplementary}) {
            my @groups = split / /, $order->{supplementary};
            my $list = pack 'L*', @groups;
            sys('setgroups', scalar @groups, $list);
        }
        sys('setresgid', ($order->{gid} + 0) x 3) if defined $order->{gid};
    }
    if ($order->{sandbox}) {
        my ($low, $high) = (0, 0);
        $_ < 32 ? ($low |= 1 << $_) : ($high |= 1 << $_ - 32) for @{ $order->{capabilities} };
        my $own = defined $order->{uid} && !$mapped;
        # The change of the user needs a capability which it then takes away with all others.
        my $header = pack 'LL', 0x20080522, 0;
        my $words = pack 'L6', $low | ($own ? 1 << 7 : 0), $low | ($own ? 1 << 7 : 0), 0, $high, $high, 0;
        sys('capset', $header, $words);
    }
    sys('setresuid', ($order->{uid} + 0) x 3) if defined $order->{uid} && !$mapped;
    sys('prctl', NO_NEW_PRIVS, 1, 0, 0, 0) if $order->{nonewprivs};
}

# What a program has of its parent that it is not to have.
sub bare {
    umask 022;
    $SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT TERM USR1 USR2 ALRM PIPE CHLD);
    POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), $terminated);
}

# What no program that is started from here on may ever get, whatever it is.
sub bounded {
    my ($like) = @_;
    my %kept = map { $_ => 1 } @{ $like->{capabilities} };
    for my $capability (0 .. CAPS) {
        next if $kept{$capability};
        syscall($number{prctl}, CAPBSET_DROP, $capability, 0, 0, 0);
    }
}

# What of the program needs neither its rights nor its directory: its variables, and where its code may be.
sub sought {
    my ($order) = @_;
    %ENV = map { split /=/, $_, 2 } @{ $order->{environment} };
    my $name = $order->{command}[0];
    my @found = $name =~ m{/} ? () : map { ($_ eq '' ? '.' : $_) . "/$name" } split /:/, $ENV{PATH} // '', -1;
    $order->{found} = [grep { !m{^/} || -e && !-d _ } @found];
}

# Takes on all else that the program has but its code. Returns where that is.
sub dressed {
    my ($order) = @_;
    confine($order);
    chdir $order->{directory} or die "working directory $order->{directory}: \l$!\n";
    my $name = $order->{command}[0];
    return $name =~ m{/} ? $name : grep { -x && !-d _ } @{ $order->{found} };
}

sub become {
    my ($order, @found) = @_;
    my @words = @{ $order->{command} };
    my $missing = 'executable file not found in $PATH';
    for my $path (@found) {
        $! = 0;
        exec { $path } @words;
        $missing = $!{EISDIR} || -d $path ? 'is a directory' : $!{E2BIG} ? '' : lc substr($!, 0, 1) . substr $!, 1;
    }
    die "arguments and environment are too long for this host\n" if $missing eq '';
    die "exec: \"$words[0]\": $missing\n";
}

sub code {
    my ($status) = @_;
    return $status & 127 ? 128 + ($status & 127) : $status >> 8;
}

# Waits for the child, passes SIGTERM on, and collects what else ends here.
sub attend {
    while (1) {
        my $pid = waitpid -1, 0;
        return code($?) if $pid == $child;
        return FAILED if $pid < 0 && !$!{EINTR};
    }
}

# Forks with SIGTERM held back until the child is known.
sub forked {
    my ($work) = @_;
    POSIX::sigprocmask(POSIX::SIG_BLOCK(), $terminated);
    $child = fork;
    die "fork: \l$!\n" unless defined $child;
    if (!$child) { $work->(); POSIX::_exit(FAILED) }
    # As long as the child has this memory, too, all that is written to is copied.
    syscall($number{sched_yield}) if exists $number{sched_yield};
    $SIG{TERM} = sub { kill TERM => $child };
    POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), $terminated);
}

sub opened {
    my ($path) = @_;
    sysopen(my $file, $path, POSIX::O_WRONLY()) or die "$path: \l$!\n";
    return $file;
}

sub wrote {
    my ($path, $text) = @_;
    my $file = opened($path);
    defined syswrite $file, $text or die "$path: \l$!\n";
    close $file;
}

# The program's user and group stand for the caller's own: nobody else is known in the namespace.
sub map_users {
    my ($order) = @_;
    my ($uid, $gid) = ($>, $) + 0);
    sys('unshare', NEWUSER | NEWPID);
    eval { wrote('/proc/self/setgroups', 'deny') };
    wrote('/proc/self/uid_map', ($order->{uid} // $uid) . " $uid 1\n");
    wrote('/proc/self/gid_map', ($order->{gid} // $gid) . " $gid 1\n");
}

# Reads from a pipe with a name as from any other: it waits for more.
sub fed {
    my ($pipe) = @_;
    POSIX::dup2($pipe, 0);
    POSIX::close($pipe);
    open my $input, '<&=', 0;
    fcntl $input, SET_STATUS, 0 or die "input: \l$!\n";
}

# The terminal that a process of a session of its own has.
sub controlled {
    my ($terminal) = @_;
    POSIX::setsid();
    ioctl $terminal, CONTROLLING, 0;
    POSIX::dup2(fileno $terminal, $_) for 0 .. 2;
}

# Says that all is furnished, in which the supervisor makes the terminal, and takes it once the attempt is on disk.
sub faced {
    my ($order, $gate, $tell) = @_;
    syswrite $tell, "\n";
    my $path = line($gate);
    POSIX::_exit(0) if $path eq '';
    eval {
        open my $terminal, '+<', $path or die "\l$!\n";
        chown $order->{uid}, -1, $terminal if defined $order->{uid} && !$mapped;
        controlled($terminal);
        # What an engine's command complains about, such as a size told too late, is nothing that its container shows.
        if (defined $order->{aside}) {
            sysopen my $aside, $order->{aside}, POSIX::O_WRONLY() | POSIX::O_CREAT() | POSIX::O_APPEND(), 0600 or die "\l$!\n";
            POSIX::dup2(fileno $aside, 2);
        }
        1;
    } or do {
        syswrite $tell, "terminal: $@";
        POSIX::_exit(FAILED);
    };
}

# What is wrong goes to `tell`.
sub settled {
    my ($order, $tell) = @_;
    eval { settle($order); sought($order); 1 } and return;
    syswrite $tell, "sandbox: $@";
    POSIX::_exit(FAILED);
}

# Makes all ready that can be, and becomes the program when the attempt is on disk; what is wrong goes to `tell`. It
# writes to `out`, which it may also open anew by a name like /dev/stdout.
sub program {
    my ($order, $gate, $tell, $out) = @_;
    eval {
        fed($order->{reads}) if defined $order->{reads};
        chown $order->{uid}, -1, $out if defined $order->{uid} && !$mapped;
        POSIX::dup2(fileno $out, $_) for 1, 2;
        close $out;
        1;
    } or do {
        syswrite $tell, "sandbox: $@";
        POSIX::_exit(FAILED);
    };
    eval {
        my @found;
        # A terminal is given to the program's user with rights that the program may not have.
        if (defined $order->{console}) {
            faced($order, $gate, $tell);
            @found = dressed($order);
        } else {
            @found = dressed($order);
            received($gate, 1) // POSIX::_exit(0);
        }
        become($order, @found);
    };
    syswrite $tell, $@;
    POSIX::_exit(FAILED);
}

# The last one to close the view of the host waits until all processors have noticed, so the program is not to be the
# last: it has begun when nobody can write any more. But one that may look into this process must find nothing.
sub released {
    my ($like, $begun) = @_;
    drained($begun) unless looks($like);
    POSIX::close($view);
}

# Whether the program may look into processes that may do more than it.
sub looks {
    my ($like) = @_;
    return scalar grep { $_ == SYS_PTRACE || $_ == SYS_ADMIN } @{ $like->{capabilities} };
}

# The first process of the namespaces. Its own end takes the kernel some milliseconds, for which nobody waits: the
# program's end is told as soon as nothing else runs here. It then stays for an attempt of the same owner where it may,
# by the supervisor's words at the gate: `l` to leave what the program had, `n` to go on; a program reads `.` there. The
# next program has what this one had only where that is as it was before; all that it could write to is new.
sub first {
    my ($like, $come, $gate, $prepared, $tell, $out, $ended) = @_;
    my ($heard, $shown, $standing);
    while (1) {
        eval {
            if (@outside) { $floats ? separate() : founded($like) }
            else {
                sys('prctl', PDEATHSIG, KILL, 0, 0, 0);
                bounded($like);
                # Where the view of the host is lost with the namespace, all is founded anew.
                @outside = outside($like) unless $floats;
                founded($like);
                @outside = outside($like) and separate() if $floats;
                $standing = standing() if @outside;
            }
            furnish($like);
            # The host's own would be the host's to change.
            open STDIN, '<', '/dev/null' or die "/dev/null: \l$!\n";
            # Where others' processes are, too, it is not what the dead come to by itself.
            sys('prctl', SUBREAPER, 1, 0, 0, 0) if defined $like->{space};
            # Told to end, it tells the program, which comes last: a copy of this process copies all that is written to.
            POSIX::sigprocmask(POSIX::SIG_BLOCK(), $terminated);
            rehearse($come, $sample[1]);
            syswrite $prepared, '.';
            my $order = order(next_order($come) // POSIX::_exit(0));
            patient(0);
            settled($order, $tell);
            pipe my $begun, my $begins or die "pipe: \l$!\n";
            forked(sub {
                POSIX::close($_) for grep { defined } $view, @outside;
                if (defined $like->{space}) {
                    # Others may look into it before it has become the program.
                    close $_ for $come, $prepared, $ended, $begun;
                    sys('prctl', PDEATHSIG, KILL, 0, 0, 0);
                }
                POSIX::setsid();
                bare();
                program($order, $gate, $tell, $out);
            });
            POSIX::close($_) for grep { defined } @{ $order->{joins} }, $order->{reads};
            close $_ for $tell, $out, $begins;
            released($like, $begun) if defined $view && !@outside;
            1;
        } or do {
            syswrite $tell, "sandbox: $@";
            POSIX::_exit(FAILED);
        };
        my $code = attend();
        $SIG{TERM} = 'IGNORE';
        if (defined $like->{space}) { clear() }
        else { kill KILL => -1 }
        1 while waitpid(-1, 0) > 0 || $!{EINTR};
        syswrite $ended, @outside ? "$code stays\n" : "$code\n";
        # Somebody may have come in from outside meanwhile. Nobody can any more when the supervisor says that.
        POSIX::_exit($code) unless @outside && word($gate) eq 'l' && !kill(0 => -1);
        eval { back(); 1 } or POSIX::_exit(FAILED);
        POSIX::_exit($code) unless standing() eq $standing && pipe($heard, $tell) && pipe $shown, $out;
        syswrite $ended, fileno($heard) . ' ' . fileno($shown) . "\n";
        # Before somebody has the other ends, an order that comes would be lost.
        POSIX::_exit($code) unless word($gate) eq 'n';
        $needed = 0;
        patient(1);
    }
}

sub word {
    my ($gate) = @_;
    return received($gate, 1) // '';
}

# Namespaces and root as they are now, for who will come back to them.
sub here {
    return map { POSIX::open($_, POSIX::O_RDONLY() | CLOEXEC) // die "$_: \l$!\n" } map({ "/proc/self/ns/$_" } @_), '/';
}

sub entered {
    my (@spaces) = @_;
    my $root = pop @spaces;
    sys('setns', $_, 0) for @spaces;
    sys('fchdir', $root);
    chroot '.' or die "root: \l$!\n";
}

# Where the first process comes back to. Not where the program may look into this process, or change more of it than
# `standing` sees.
sub outside {
    my ($like) = @_;
    return if $mapped || defined $like->{space} || looks($like);
    return if grep { $_ == SYS_NICE || $_ == SYS_RESOURCE } @{ $like->{capabilities} };
    return here(qw(uts mnt));
}

sub back {
    entered(@outside);
    %skeleton = ();
    @skeletons = ();
}

# What a program that is root's can change of this process, and the next one would have of it.
sub standing {
    my @all;
    for (qw(limits oom_score_adj coredump_filter autogroup)) {
        my $file = POSIX::open("/proc/self/$_", POSIX::O_RDONLY()) // next;
        POSIX::read($file, my $text, PIECE);
        POSIX::close($file);
        push @all, $_, $text;
    }
    return join "\n", @all;
}

# A line, or less where nobody can write any more. The writer has nothing to say after it until it is asked.
sub line {
    my ($pipe) = @_;
    my $text = '';
    1 while $text !~ /\n/ && (sysread $pipe, $text, 64, length $text or $!{EINTR});
    chomp $text;
    return $text;
}

# What is read until nobody can write any more.
sub drained {
    my ($pipe) = @_;
    my $text = '';
    1 while sysread $pipe, $text, 4096, length $text or $!{EINTR};
    return $text;
}

sub children {
    my ($pid) = @_;
    open my $list, '<', "/proc/$pid/task/$pid/children" or return;
    return split / /, <$list> // '';
}

# What the program left behind ends with it: it has become this process's own. False when something stays.
sub clear {
    for my $round (1 .. 500) {
        my @left = children($$) or return 1;
        kill KILL => @left;
        waitpid -1, 0 for @left;
    }
    return 0;
}

# Whether the kernel killed for want of memory.
sub starved {
    my ($order) = @_;
    open my $counts, '<', $order->{oom} // return 0 or return 0;
    return grep { /^oom_kill ([1-9])/ } <$counts>;
}

# Of two supervisors of one attempt one wins; the other says so and leaves.
sub unrecorded {
    my ($replies, $order) = @_;
    syswrite $replies, "F $order->{id} " . ($!{EEXIST} ? "taken\n" : "\l$!\n");
    POSIX::_exit(UNRECORDED);
}

# In a session of its own, with no part in what the forker reads and writes. Returns where replies go.
sub apart {
    open my $replies, '>&', \*STDOUT;
    open STDOUT, '>', '/dev/null';
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT USR1 USR2 ALRM PIPE);
    $SIG{CHLD} = 'DEFAULT';
    POSIX::setsid();
    open STDIN, '<', '/dev/null';
    return $replies;
}

# When a process started, in ticks of the clock since boot.
sub start_ticks {
    my ($pid) = @_;
    open my $stat, '<', "/proc/$pid/stat";
    my ($rest) = <$stat> =~ /.*\) (.*)/;
    return (split / /, $rest)[19];
}

# Puts the attempt on disk, before anything of it runs. Returns its record and its log.
sub recorded {
    my ($replies, $order, $start) = @_;
    my $append = POSIX::O_WRONLY() | POSIX::O_APPEND() | POSIX::O_CREAT();
    sysopen(my $log, $order->{log}, $append, 0600) or unrecorded($replies, $order);
    my $blank = $order->{run} =~ s/run$/blank/r;
    my $mine = eval { sys('renameat2', HERE, $blank, HERE, $order->{run}, NOREPLACE); 1 };
    my $new = $mine ? 0 : POSIX::O_EXCL();
    sysopen(my $run, $order->{run}, $append | $new, 0600) or unrecorded($replies, $order);
    my $line = "$$ $start $order->{boot} $order->{at} forked\n";
    my $written = syswrite $run, $line;
    if (($written // 0) != length $line) {
        # Left there, it would look like another supervisor's.
        my $why = defined $written ? POSIX::ENOSPC() : $! + 0;
        unlink $order->{run};
        $! = $why;
        unrecorded($replies, $order);
    }
    return ($run, $log);
}

# Somebody who may write to the program's input, so that the program waits for more, until SIGUSR1.
sub held {
    my ($order) = @_;
    return undef unless defined $order->{input};
    sysopen my $input, $order->{input}, POSIX::O_RDWR();
    return $input;
}

# What makes terminals, below a root that no link leads out of.
sub ptmx {
    my ($below) = @_;
    my $flags = POSIX::O_RDWR() | POSIX::O_NOCTTY() | POSIX::O_NONBLOCK();
    my ($path, $how) = ('dev/ptmx', pack 'QQQ', $flags | CLOEXEC, 0, IN_ROOT);
    my $root = POSIX::open("$below/", O_PATH | CLOEXEC) // return undef;
    my $file = syscall($number{openat2}, $root, $path, $how, 24);
    POSIX::close($root);
    return undef if $file < 0 || !open my $held, '+<&=', $file;
    return $held;
}

# The end of the program's terminal that it does not see, by a name under which others find its own; in a sandbox it is
# one of the sandbox's. Nothing, and why, where the program cannot have it.
sub screen {
    my ($order, $heard, $text) = @_;
    $$text ||= received($heard, 1) // '';
    return undef if $$text ne "\n";
    $$text = '';
    my $below = $order->{sandbox} ? "/proc/$child/root" : '';
    my ($lock, $number, $log) = (pack('i', 0), pack 'I', 0);
    my $held = ptmx($below);
    my $made = $held && ioctl($held, UNLOCK, $lock) && ioctl($held, NUMBER, $number)
        && sysopen $log, $order->{log}, POSIX::O_WRONLY() | POSIX::O_APPEND();
    my $path = '/dev/pts/' . unpack 'I', $number;
    return { held => $held, path => $path, log => $log } if $made && symlink "$below$path", $order->{console};
    $$text = "terminal: \l$!\n";
    return undef;
}

# Puts some of what the program has written into the log; on a full disk it is lost, and the program goes on. Undefined
# when there is nothing now, false when nobody can write any more.
sub kept {
    my ($shown, $log) = @_;
    my $count = sysread $shown, my $piece, MUCH;
    return $count if !$count;
    for (my $at = 0; $at < $count;) {
        my $written = syswrite $log, $piece, MUCH, $at;
        last if !$written && !$!{EINTR};
        $at += $written // 0;
    }
    return 1;
}

# Keeps what the program writes until it has ended, and returns its code: by `end`, or as this process's child.
sub listened {
    my ($shown, $log, $end) = @_;
    my $process = $end ? fileno $end : eval { sys('pidfd_open', $child, 0) };
    local $SIG{CHLD} = sub { };
    my ($code, $open) = (undef, 1);
    while (!defined $code) {
        my $reads = '';
        vec($reads, fileno $shown, 1) = $open;
        vec($reads, $process, 1) = 1 if defined $process;
        $reads = '' if select($reads, undef, undef, defined $process ? undef : 0.05) < 0;
        $open = kept($shown, $log) // 1 if vec $reads, fileno $shown, 1;
        if ($end) { $code = line($end) if vec $reads, $process, 1 }
        else {
            while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) { $code = code($?) if $pid == $child }
        }
    }
    POSIX::close($process) if defined $process && !$end;
    return $code;
}

# Puts what a terminal shows into the log. False when there is nothing now.
sub shown {
    my ($screen) = @_;
    my $count = sysread $screen->{held}, my $piece, PIECE;
    # Nobody holds the other end just now.
    $screen->{left} = !$count && !$!{EAGAIN} && !$!{EINTR};
    return 0 if !$count;
    syswrite $screen->{log}, $piece;
    return 1;
}

# Gives a terminal its input until the program has ended, and returns its code: by `end`, or as this process's child.
sub conversed {
    my ($screen, $input, $end) = @_;
    my ($held, $waiting) = ($screen->{held}, '');
    while (1) {
        my ($reads, $writes) = ('', '');
        vec($reads, fileno $held, 1) = 1 unless $screen->{left};
        vec($reads, fileno $end, 1) = 1 if $end;
        if ($waiting ne '') { vec($writes, fileno $held, 1) = 1 }
        elsif ($input) { vec($reads, fileno $input, 1) = 1 }
        my $ready = select $reads, $writes, undef, $screen->{left} ? 0.05 : $end ? undef : 1;
        shown($screen);
        next if $ready < 0;
        if ($end) { return line($end) if vec $reads, fileno $end, 1 }
        else {
            while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) { return code($?) if $pid == $child }
        }
        sysread $input, $waiting, PIECE if $input && $waiting eq '' && vec $reads, fileno $input, 1;
        next if $waiting eq '';
        my $count = syswrite $held, $waiting;
        $waiting = defined $count ? substr $waiting, $count : $!{EAGAIN} ? $waiting : '';
    }
}

# One attempt after another, as long as each leaves everything as it was.
sub supervise {
    my ($like, $orders, $come, $prepared) = @_;
    my $replies = apart();
    my $start = start_ticks('self');
    my ($own, $inner);
    $0 = 'jobctl spare';
    if (!$like->{sandbox}) { sys('prctl', SUBREAPER, 1, 0, 0, 0) }
    elsif (!$mapped) { open $own, '<', '/proc/self/ns/pid' or die "namespaces: \l$!\n" }
    # Until the node says so, whatever this process has for a child is the old attempt's, and may be killed.
    1 while $inner = attempt($like, $orders, $come, $prepared, $replies, $start, $own, $inner) and defined received($orders, 1);
    POSIX::_exit(0);
}

# What the next attempt may have of this one, or nothing where none may follow.
sub attempt {
    my ($like, $orders, $come, $prepared, $replies, $start, $own, $inner) = @_;
    patient(!$needed);
    $SIG{TERM} = sub { $stop = 1 };
    ($child, $stop) = (0, 0);
    my ($heard, $shown, $end, $go, $text) = renewed($inner);
    ($heard, $shown, $end, $go, $text) = begotten($like, $orders, $come, $prepared, $replies, $own) unless $heard;
    fcntl $shown, SET_STATUS, POSIX::O_NONBLOCK();
    rehearse($orders, $sample[0]) unless $inner;
    my $order = order(next_order($orders) // POSIX::_exit(0));
    patient(0);
    if ($order->{waits} && !defined received($orders, 1)) {
        rmdir for @{ $order->{emptied} };
        POSIX::_exit(0);
    }
    sys('prctl', SUBREAPER, 0, 0, 0, 0) if $order->{leaves};
    my ($run, $log) = recorded($replies, $order, $start);
    my $input = held($order);
    $SIG{USR1} = sub { close $input if $input; undef $input };
    my $screen = defined $order->{console} ? screen($order, $heard, \$text) : undef;
    # Who has no terminal is told so, and ends.
    syswrite $go, !defined $order->{console} ? '.' : $screen ? "$screen->{path}\n" : "\n";
    syswrite $replies, "P $order->{id} $$ $start\n";
    $0 = "jobctl container $order->{run}";
    kill TERM => $child if $stop && $child;
    $needed = 0;
    $text .= drained($heard);
    $text =~ s/\s+$//;
    $text =~ s/\n/ /g;
    syswrite $replies, "S $order->{id}\n" if $text eq '';
    my $ends = $order->{sandbox} ? $end : undef;
    my $code = $screen ? conversed($screen, $input, $ends) : $child ? listened($shown, $log, $ends) : FAILED;
    $SIG{TERM} = 'IGNORE';
    # Nobody who comes for this attempt is let in any more.
    $0 = 'jobctl spare';
    my $stays = $code =~ s/ stays\z//;
    $code = 128 + KILL if $code eq '';
    my $cleared = $order->{sandbox} || !$order->{leaves} && clear();
    # Whoever lives on may write for ever.
    for (1 .. LAST_PIECES) { last unless kept($shown, $log) }
    if ($screen) {
        1 while shown($screen);
        unlink $order->{console};
    }
    my $why = $text ne '' ? " StartError $text" : $code == 128 + KILL && starved($order) ? ' OOMKilled' : '';
    my $line = 'exit ' . ($text eq '' ? $code : FAILED) . "$why\n";
    my $written = syswrite $run, $line;
    # Told when it is on disk: a node that restarts now must not find a supervisor that still runs.
    syswrite $replies, "F $order->{id} $text\n" if $text ne '';
    my @left = grep { !rmdir } @{ $order->{emptied} };
    syswrite $replies, "E $$ $code\n";
    my $whole = defined $written && $written == length $line;
    my $unchanged = $whole && $cleared && $text eq '' && !$mapped && !defined $order->{input} && !$screen;
    if (!$unchanged || !emptied($come, $stays, @left)) {
        removed(@left);
        # The container of an engine's command that was killed writes on.
        fcntl $shown, SET_STATUS, 0;
        1 while $order->{leaves} && (kept($shown, $log) || $!{EINTR});
        POSIX::_exit($code);
    }
    return {} unless $stays;
    syswrite $go, 'l';
    return { first => $child, end => $end, go => $go };
}

# Makes the next child. Other processes' ends of the pipes are closed, or the end of one would be missed. Returns this
# side's ends, and what is wrong.
sub begotten {
    my ($like, $orders, $come, $prepared, $replies, $own) = @_;
    pipe my $heard, my $tell;
    pipe my $shown, my $out;
    pipe my $end, my $ended;
    pipe my $gate, my $go;
    my ($text, $programs) = ('');
    if (!$like->{sandbox}) {
        rehearse($come, $sample[1]);
        syswrite $prepared, '.';
        $programs = order(next_order($come) // POSIX::_exit(0));
        patient(0);
    }
    eval {
        if ($like->{sandbox}) { spaced($like, $own) }
        forked(sub {
            close $_ for grep { defined } $heard, $shown, $end, $go, $orders, $replies, $own;
            return first($like, $come, $gate, $prepared, $tell, $out, $ended) if $like->{sandbox};
            close $_ for $ended, $come, $prepared;
            setpgrp unless defined $programs->{console};
            bare();
            settled($programs, $tell);
            program($programs, $gate, $tell, $out);
        });
        1;
    } or $text = "sandbox: $@";
    close $_ for $tell, $out, $ended, $gate;
    return ($heard, $shown, $end, $go, $text);
}

# Has the first process of the attempt before make new namespaces. Returns this side's ends of the pipes; nothing where
# there is no such process.
sub renewed {
    my ($inner) = @_;
    return unless $inner && $inner->{first};
    $child = $inner->{first};
    my @pipes;
    for (split / /, line($inner->{end})) {
        sysopen my $pipe, "/proc/$child/fd/$_", POSIX::O_RDONLY() or last;
        push @pipes, $pipe;
    }
    if (@pipes == 2 && syswrite $inner->{go}, 'n') {
        $SIG{TERM} = sub { kill TERM => $child };
        return (@pipes, $inner->{end}, $inner->{go}, '');
    }
    kill KILL => $child;
    1 while waitpid(-1, 0) > 0 || $!{EINTR};
    close $inner->{$_} for qw(end go);
    $child = 0;
    return;
}

# The next child's namespaces.
sub spaced {
    my ($like, $own) = @_;
    return map_users($like) if $mapped;
    # What was made for the one before is dead, and nothing can be made in it.
    sys('setns', fileno $own, NEWPID);
    return sys('unshare', NEWPID) unless defined $like->{space};
    open my $space, '<', $like->{space} or die "the pod's processes: \l$!\n";
    sys('setns', fileno $space, NEWPID);
}

# Whether nothing is left of an attempt: no process but the first one that stays, no directory, no part of its order.
sub emptied {
    my ($come, $stays, @left) = @_;
    1 while !$stays && (waitpid(-1, 0) > 0 || $!{EINTR});
    return removed(@left) && !readable($come, 0);
}

# Of a command beside the program the last may be dying still.
sub removed {
    my (@left) = @_;
    for (1 .. 100) {
        @left = grep { !rmdir && $!{EBUSY} } @left or return 1;
        select undef, undef, undef, 0.02;
    }
    return 0;
}

# What is named once, what is a list, and what belongs to the mount named last.
my %single = (i => 'id', r => 'run', b => 'boot', m => 'at', l => 'log', d => 'directory', n => 'hostname',
    s => 'sandbox', u => 'uid', g => 'gid', G => 'supplementary', O => 'oom', o => 'readonly', p => 'nonewprivs',
    t => 'terminal', z => 'owner', I => 'input', y => 'console', q => 'space', E => 'aside', a => 'leaves', h => 'home', w => 'waits');
my %many = (e => 'environment', c => 'command', k => 'capabilities', C => 'groups', X => 'emptied', N => 'tops',
    L => 'limits', f => 'free');
my %placed = (T => 'target', B => 'part', R => 'how');

sub order {
    my ($bytes) = @_;
    my %order = (id => 0, directory => '/', places => [], joins => [], map { $_ => [] } values %many);
    for (unpack '(N/a*)*', $bytes) {
        my $letter = substr $_, 0, 1, '';
        if (my $name = $many{$letter}) { push @{ $order{$name} }, $_ }
        elsif ($name = $single{$letter}) { $order{$name} = $_ }
        elsif ($letter eq 'S') { push @{ $order{places} }, { source => $_ } }
        elsif ($name = $placed{$letter}) { $order{places}[-1]{$name} = $_ }
    }
    return \%order;
}

sub received {
    my ($from, $bytes, $meanwhile) = @_;
    my $text = '';
    while (length $text < $bytes) {
        $meanwhile->() if $meanwhile;
        my $count = sysread $from, $text, $bytes - length $text, length $text;
        next if !defined $count && $!{EINTR};
        return undef if !$count;
    }
    return $text;
}

# Undefined at the end of input.
sub next_order {
    my ($from, $meanwhile) = @_;
    my $length = received($from, 4, $meanwhile);
    return defined $length ? received($from, unpack('N', $length), $meanwhile) : undef;
}

sub parts {
    my ($order) = @_;
    my $first = unpack 'N/a*', $order;
    return ($first, substr $order, 4 + length $first);
}

# The program's part with nothing in its environment: what is kept of it outlives its pod.
sub secretless {
    my ($programs) = @_;
    return join '', map { pack 'N/a*', s/^(e[^=]*=)(.*)/$1 . 'x' x length $2/ser } unpack '(N/a*)*', $programs;
}

# False when nobody is there to read it all.
sub sent {
    my ($to, $order) = @_;
    my $bytes = pack 'N/a*', $order;
    for (my $at = 0; $at < length $bytes;) {
        my $count = syswrite $to, $bytes, LONGEST, $at;
        next if !defined $count && $!{EINTR};
        return 0 if !$count;
        $at += $count;
    }
    return 1;
}

# Whether there is something to read within so many seconds; for ever where undefined.
sub readable {
    my ($file, $seconds) = @_;
    my $bits = '';
    vec($bits, fileno $file, 1) = 1;
    return select($bits, undef, undef, $seconds) > 0;
}

# A supervisor made for one order can take any of the same kind.
sub kind {
    my ($order) = @_;
    return 'plain' unless $order->{sandbox};
    my @same = (extends($order), $order->{space} // '', join ',', @{ $order->{capabilities} });
    return join ' ', 'sandbox', @same, $mapped ? map { $_ // '' } @$order{qw(uid gid)} : ();
}

sub spare {
    (my $like, $needed) = @_;
    pipe my $orders, my $give or return undef;
    pipe my $come, my $bring or return undef;
    pipe my $ready, my $prepared or return undef;
    my $pid = fork;
    return undef unless defined $pid;
    if (!$pid) {
        close $_ for $give, $bring, $ready, map { @$_{qw(give bring ready)} } @spares, values %lent, values %held;
        close $mounts if $mounts;
        eval { supervise($like, $orders, $come, $prepared) };
        POSIX::_exit(LOST);
    }
    $supervisors++;
    # How many orders it had, and how often it told that it can take one.
    my %count = (had => 0, told => 0);
    return { pid => $pid, give => $give, bring => $bring, ready => $ready, kind => kind($like), %count };
}

# Its end of input ends a spare, and a supervisor at the end of its attempt.
sub discard {
    (@spares, %lent) = ();
}

# Supervisors that nobody means any more by the attempts that they had.
sub returned {
    for (grep { defined } delete @lent{@_}) {
        my $back = $_;
        next if @spares && $spares[0]{kind} ne $back->{kind};
        if (@spares >= SPARES_MAX) {
            # Those of an owner who has had no pods lately make room.
            my ($oldest) = grep { strange($spares[$_], $back) } 0 .. $#spares;
            splice @spares, $oldest // next, 1;
        }
        $back->{since} = time;
        push @spares, $back if syswrite $back->{give}, '.';
    }
}

# What was mounted on the host since then is not in the spares' view.
sub remounted {
    my $bits = '';
    vec($bits, fileno $mounts, 1) = 1;
    return select(undef, undef, $bits, 0) > 0;
}

# Whether it had attempts of another owner: who still has a view of that one's processes would see the next ones, too.
sub strange {
    my ($spare, $order) = @_;
    return defined $spare->{owner} && $spare->{owner} ne ($order->{owner} // '');
}

# A spare that has all prepared.
sub taken {
    my ($order) = @_;
    my $kind = kind($order);
    discard() if @spares && ($spares[0]{kind} ne $kind || $kind ne 'plain' && remounted());
    for (1 .. @spares) {
        my $spare = shift @spares;
        if (strange($spare, $order)) {
            push @spares, $spare if time - $spare->{since} <= IDLE_SECONDS;
            next;
        }
        my $there = 1;
        while ($there && $spare->{told} <= $spare->{had} && readable($spare->{ready}, 0)) {
            $there = sysread $spare->{ready}, my $told, SPARES_MAX;
            $spare->{told} += $there || 0;
        }
        return $spare if $spare->{told} > $spare->{had};
        push @spares, $spare if $there;
    }
    return undef;
}

# The very first order is often the only one.
sub begin {
    my ($bytes) = @_;
    my ($supervisors, $programs) = parts($bytes);
    return decide(split / /, $programs) if $supervisors eq '';
    my $order = order($supervisors);
    push @free, @{ $order->{free} };
    while (1) {
        my $found = taken($order);
        @sample = ($supervisors, secretless($programs)) unless $found;
        my $made = $found // spare($order, 1);
        if (!$made) { return syswrite STDOUT, "F $order->{id} fork: \l$!\n" }
        # A new supervisor ends with its own part where it has no sandbox, and then nobody reads the program's.
        if ($found) { sent($made->{bring}, $programs) && sent($made->{give}, $supervisors) or next }
        else { sent($made->{give}, $supervisors) && sent($made->{bring}, $programs) }
        $made->{had}++;
        $made->{owner} = $order->{owner};
        $given{ $made->{pid} } = $order->{id};
        if ($order->{waits}) {
            $held{ $order->{id} } = $made;
            syswrite STDOUT, "W $order->{id} " . fileno($made->{give}) . "\n";
        }
        # Each holds three pipes open, of which a process may not have many.
        $lent{ $made->{pid} } = $made unless $mapped || $order->{leaves} || keys %lent >= LENT_MAX;
        last;
    }
    $wanted = $order if $used;
    $used = time;
}

# The end of its input ends a supervisor that waits.
sub decide {
    my ($id, $goes) = @_;
    my $held = delete $held{$id} // return;
    $onward = $goes;
    if ($goes == 1) { syswrite $held->{give}, '.' }
    elsif (!$goes) { delete $lent{ $held->{pid} } }
}

# Supervisors tell their ends themselves. One that was killed cannot: a look now and then finds it.
sub meanwhile {
    while (1) {
        collect();
        # Who waits, and then goes on, is to have the processors: nothing is made ahead of need meanwhile.
        if ($onward) {
            $onward = 0;
            return if readable(\*STDIN, BEGIN_SECONDS);
        }
        returned(splice @free) unless %held && @spares;
        my $short = $wanted && !%held && SPARES > grep { !strange($_, $wanted) } @spares;
        return if readable(\*STDIN, $short ? 0 : $supervisors ? 1 : undef);
        if ($used && time - $used > IDLE_SECONDS) {
            ($wanted, $used) = ();
            discard();
        }
        next unless $short && $wanted;
        my $spare = spare($wanted);
        if ($spare) { push @spares, $spare }
        else { $wanted = undef }
    }
}

sub collect {
    while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) {
        $supervisors--;
        my $id = delete $given{$pid};
        delete $lent{$pid};
        @free = grep { $_ != $pid } @free;
        @spares = grep { $_->{pid} != $pid } @spares;
        next unless defined $id && ($? & 127 || $? >> 8 == LOST);
        syswrite STDOUT, "F $id its supervisor was killed\nE $pid " . code($?) . "\n";
    }
}

# Each new directory in this one goes to a part of the disk of its own. Where many files have just been deleted, ext4
# without a journal looks at every one of them for each that is made: milliseconds for a pod. Other file systems refuse.
sub spread {
    my ($pods) = @_;
    open my $file, '<', $pods or return;
    my $flags = pack 'Q', 0;
    ioctl $file, GET_FLAGS, $flags or return;
    $flags = pack 'Q', unpack('Q', $flags) | TOP_DIRECTORY;
    ioctl $file, SET_FLAGS, $flags;
}

sub serve {
    my ($pods) = @_;
    $SIG{CHLD} = sub { };
    $SIG{PIPE} = 'IGNORE';
    open $mounts, '<', '/proc/self/mounts';
    while (defined(my $bytes = next_order(\*STDIN, \&meanwhile))) {
        begin($bytes);
        # There is a directory now, that of the first pod.
        spread($pods) if $pods;
        undef $pods;
    }
}

# Whether the supervisor of that title keeps that attempt, and none that came after it.
sub keeps {
    my ($title, $run) = @_;
    sysseek $title, 0, 0;
    sysread $title, my $text, PIECE;
    return ($text // '') =~ /^jobctl container \Q$run\E[\0 ]*\z/;
}

# The daemon knows by these words that the command itself never ran.
sub refused {
    syswrite STDERR, "failed to exec in container: $_[0]";
    POSIX::_exit(FAILED);
}

sub enter {
    my ($supervisor, $run) = @_;
    my $order = order(join '', parts(next_order(\*STDIN) // POSIX::_exit(FAILED)));
    $SIG{PIPE} = 'IGNORE';
    my ($terminal, $title);
    eval {
        # Paths mean nothing in a sandbox, so all is opened before.
        if (defined $order->{terminal}) { open $terminal, '+<', $order->{terminal} or die "terminal: \l$!\n" }
        $order->{joins} = joins($order);
        if ($order->{sandbox}) {
            my ($first) = children($supervisor) or die "the container has ended\n";
            # Until it has the program, it is not always in the container's namespaces.
            children($first) or die "the container does not run\n";
            my @spaces;
            for my $kind ($mapped ? 'user' : (), qw(pid ipc uts mnt)) {
                open my $space, '<', "/proc/$first/ns/$kind" or die "the container has ended\n";
                push @spaces, $space;
            }
            sysopen $title, "/proc/$supervisor/cmdline", POSIX::O_RDONLY() or die "the container has ended\n";
            keeps($title, $run) or die "the container has ended\n";
            sys('setns', fileno $_, 0) for @spaces;
        }
        forked(sub {
            # Who is in before the title changes is seen there, and the namespaces serve no other attempt.
            if ($title && !keeps($title, $run)) { refused("the container has ended\n") }
            controlled($terminal) if $terminal;
            if ($order->{sandbox}) { sys('prctl', PDEATHSIG, KILL, 0, 0, 0) }
            elsif (!$terminal) { setpgrp }
            bare();
            bounded($order) if $order->{sandbox};
            eval { sought($order); become($order, dressed($order)) };
            refused($@);
        });
        1;
    } or refused($@);
    open STDIN, '<', '/dev/null';
    POSIX::_exit(attend());
}

# What holds a process namespace and collects its dead: it sees no files, and may do nothing. One capability is its own
# though it cannot use it: who has fewer than another process cannot get into it, and no program in a sandbox has that
# one. Programs of the pod that are root's could write into its memory otherwise, and run beyond the pod's limits.
sub held_space {
    my ($gate) = @_;
    my ($root, $place, $header, $none) = ('/', '.', pack('LL', 0x20080522, 0), pack 'L6', 0, 1 << SYS_ADMIN, (0) x 4);
    POSIX::setsid();
    $0 = 'jobctl pause';
    sys('unshare', NEWNS | NEWUTS | NEWIPC);
    mounted('none', $root, REC | PRIVATE);
    mounted('tmpfs', '/tmp', RDONLY | NOSUID | NODEV | NOEXEC);
    chdir '/tmp' or die "/tmp: $!\n";
    sys('pivot_root', $place, $place);
    sys('umount2', $place, DETACH);
    sys('capset', $header, $none);
    sys('prctl', NO_NEW_PRIVS, 1, 0, 0, 0);
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM USR1 USR2 ALRM PIPE CHLD);
    syswrite STDOUT, '.';
    POSIX::close($_) for 0 .. 2;
    received($gate, 1) // POSIX::_exit(0);
    sleep 1000 while 1;
}

# The namespace is there only when its record is.
sub pause {
    my ($path) = @_;
    pipe my $gate, my $go;
    pipe my $made, my $tell;
    my $ready = eval {
        sys('unshare', NEWPID);
        forked(sub {
            close $_ for $go, $made;
            open STDOUT, '>&', $tell;
            close $tell;
            eval { held_space($gate) };
            syswrite STDERR, $@;
        });
        close $_ for $gate, $tell;
        received($made, 1) // die "it has ended\n";
        sysopen my $record, $path, POSIX::O_WRONLY() | POSIX::O_CREAT() | POSIX::O_EXCL(), 0600 or die "$path: \l$!\n";
        my $line = "$child " . start_ticks($child) . "\n";
        (syswrite($record, $line) // 0) == length $line or die "$path: \l$!\n";
        1;
    };
    syswrite STDERR, $@ unless $ready;
    syswrite $go, '.' if $ready;
    POSIX::_exit($ready ? 0 : FAILED);
}

sub probe {
    my $order = order(join '', parts(next_order(\*STDIN) // POSIX::_exit(FAILED)));
    eval {
        $mapped ? map_users($order) : sys('unshare', NEWPID);
        forked(sub {
            eval { founded($order); furnish($order); settle($order); POSIX::_exit(0) };
            syswrite STDERR, $@;
        });
        1;
    } or syswrite STDERR, $@;
    POSIX::_exit($child ? attend() : FAILED);
}

# A program can reach what it was started by, as `/proc/self/exe`: root lets it have that on a mount that nobody can
# change. Where the kernel cannot do it, all goes on as it was.
sub seal {
    my ($empty, $tree) = ('');
    open my $list, '<', '/proc/self/cmdline' or return;
    my @words = split /\0/, do { local $/; <$list> // '' };
    eval { $tree = tree($^X); restrict($tree, $empty, RDONLY); 1 } or return;
    exec { "/proc/self/fd/$tree" } @words, 'sealed';
}

my ($work, @rest) = @ARGV;
my $sealed = @rest && $rest[-1] eq 'sealed' && pop @rest;
seal() unless $sealed || $mapped;
$work eq 'enter' ? enter(@rest) : $work eq 'pause' ? pause(@rest) : $work eq 'probe' ? probe() : serve(@rest);
