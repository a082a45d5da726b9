# Makes and removes the networks of container pods: a bridge for the home, a network namespace for each pod.
# `bridge NAME SUBNET`, `join SPACE BRIDGE LINK ADDRESS GATEWAY`, `made SPACE`, `leave SPACE LINK`, `gone BRIDGE`. SUBNET
# and GATEWAY are as in `10.93` and `10.93.0.1`. All of it is ours alone: names carry the home's mark. The last act of
# `join` is the alias `whole`, for which `made` looks: a space without it is half of one.
#
# Loopback addresses from 127.1.0.0 on belong to Services and to pods without a network of their own: a pod reaches them
# through its gateway, this machine. 127.0.0.0/16 is the pod's own, and no packet of a pod for this machine's gets in.
set -eu
case $1 in
bridge)
    ip link show "$2" >/dev/null 2>&1 || ip -batch - <<END
link add $2 type bridge
addr add $3.0.1/16 dev $2
link set $2 up
END
    echo 1 > "/proc/sys/net/ipv4/conf/$2/route_localnet"
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || echo 1 > /proc/sys/net/ipv4/ip_forward
    if command -v nft >/dev/null; then
        nft -f - <<END
table ip $2 {
    chain out { type nat hook postrouting priority 100; }
    chain in { type filter hook prerouting priority -300; }
}
flush table ip $2
table ip $2 {
    chain out { ip saddr $3.0.0/16 ip daddr != $3.0.0/16 masquerade; }
    chain in { iifname "$2" ip daddr 127.0.0.0/16 drop; }
}
END
    elif command -v iptables >/dev/null; then
        iptables -t nat -C POSTROUTING -s "$3.0.0/16" ! -d "$3.0.0/16" -m comment --comment "$2" -j MASQUERADE 2>/dev/null ||
            iptables -t nat -A POSTROUTING -s "$3.0.0/16" ! -d "$3.0.0/16" -m comment --comment "$2" -j MASQUERADE
        iptables -t raw -C PREROUTING -i "$2" -d 127.0.0.0/16 -m comment --comment "$2" -j DROP 2>/dev/null ||
            iptables -t raw -A PREROUTING -i "$2" -d 127.0.0.0/16 -m comment --comment "$2" -j DROP
    else
        echo 'neither nft nor iptables is on the PATH' >&2
        exit 1
    fi
    ;;
join)
    [ ! -e "/run/netns/$2" ] || ip netns del "$2"
    ip netns add "$2"
    ip -batch - <<END
link add $4 type veth peer name eth0 netns $2
link set $4 master $3 up
END
    exec ip netns exec "$2" sh -euc '
        echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet
        echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
        exec ip -batch - <<END
link set lo up
addr add $1/16 dev eth0
link set eth0 up
route add default via $2
route del local 127.0.0.0/8 dev lo table local
route add local 127.0.0.0/16 dev lo table local src 127.0.0.1
route add 127.0.0.0/8 via $2 dev eth0 src $1
link set eth0 alias whole
END' sh "$5" "$6"
    ;;
made)
    case $(ip -netns "$2" -oneline link show dev eth0 2>/dev/null) in
    *'alias whole'*) ;;
    *) exit 1 ;;
    esac
    ;;
leave)
    ip link del "$3" 2>/dev/null || true
    ip netns del "$2" 2>/dev/null || true
    ;;
gone)
    ip link del "$2" 2>/dev/null || true
    if command -v nft >/dev/null; then
        nft delete table ip "$2" 2>/dev/null || true
    else
        iptables -t nat -D POSTROUTING -s "$3.0.0/16" ! -d "$3.0.0/16" -m comment --comment "$2" -j MASQUERADE 2>/dev/null || true
        iptables -t raw -D PREROUTING -i "$2" -d 127.0.0.0/16 -m comment --comment "$2" -j DROP 2>/dev/null || true
    fi
    ;;
esac
