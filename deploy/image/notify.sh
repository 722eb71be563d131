#!/bin/bash
# Brings the keepalived.conf of a ConfigMap to where keepalived reads it, and lets keepalived read it again when it
# changes. It runs in keepalived-operator's containers config-setup and config-reloader, which call it by this name.
#
#   file                 the file to bring
#   dst_file             where to; replaced as a whole, never seen half written
#   reachip              an address; `interface` in each vrrp_instance becomes the interface that this host reaches it
#                        by, or the one that carries it. Empty leaves the interfaces as they are
#   create_config_only   "true" brings the file once and ends
#   pid                  keepalived's pid file; waited for while it is missing or names no keepalived
#   interval             seconds between two looks, 5 unless set
set -uo pipefail

file=${file:-}
dst_file=${dst_file:-}
reachip=${reachip:-}
pid=${pid:-}
create_config_only=${create_config_only:-false}
interval=${interval:-5}

say() { echo "$(date --iso-8601=seconds) $*"; }
fail() {
    say "notify.sh: $*" >&2
    exit 1
}

[[ -n $file ]] || fail "the variable file names no file to bring"
[[ -n $dst_file ]] || fail "the variable dst_file does not say where to bring $file"
[[ -z $reachip || $reachip =~ ^[0-9A-Fa-f:.]+$ ]] || fail "reachip is \"$reachip\", which is no IP address"
[[ $interval =~ ^[1-9][0-9]*$ ]] || fail "interval is \"$interval\"; allowed is a number of seconds from 1"
[[ $create_config_only == true || -n $pid ]] || fail "the variable pid names no pid file"

# The interface towards an address. The route to an address of this host leads to lo, so whoever carries it is asked first.
interface_towards() {
    local found
    found=$(ip -oneline address show to "$1" 2>/dev/null | awk '{ sub(/@.*/, "", $2); print $2; exit }')
    if [[ -z $found ]]; then
        found=$(ip -oneline route get "$1" 2>/dev/null |
            awk '{ for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }')
    fi
    [[ -n $found && $found != lo ]] || return 1
    echo "$found"
}

# Replaces the value of the keyword `interface` that begins a line right inside of a vrrp_instance, and nothing else.
set_interface() {
    awk -v interface="$1" '
        {
            code = $0
            gsub(/"[^"]*"/, "", code)
            sub(/[#!].*/, "", code)
            if (depth == 0 && code ~ /[^ \t{}]/) block = code
            if (depth == 1 && block ~ /^[ \t]*(@[^ \t]+[ \t]+)?vrrp_instance[ \t]/ &&
                match($0, /^[ \t]*(@[^ \t]+[ \t]+)?interface[ \t]+/)) {
                rest = substr($0, RLENGTH + 1)
                sub(/^("[^"]*"|[^ \t#!]+)/, "", rest)
                $0 = substr($0, 1, RLENGTH) interface rest
            }
            depth += gsub(/\{/, "", code) - gsub(/\}/, "", code)
            print
        }'
}

# Brings the file; its directory gets a temporary file besides, always the same one.
bring() {
    local interface temporary
    temporary=$(dirname "$dst_file")/.$(basename "$dst_file").new
    if [[ -z $reachip ]]; then
        cat "$file" >"$temporary" || return 1
    else
        interface=$(interface_towards "$reachip") || {
            say "notify.sh: no interface of this host leads to $reachip" >&2
            return 1
        }
        set_interface "$interface" <"$file" >"$temporary" || return 1
    fi
    chmod 644 "$temporary" && mv -f "$temporary" "$dst_file" || return 1
    say "brought $file to $dst_file${interface:+, interface $interface}"
}

# Tells keepalived, if the pid file names one that is ready to hear it: SIGHUP would end any other process.
tell() {
    local process name caught blocked
    process=$(cat "$pid" 2>/dev/null) && [[ $process =~ ^[1-9][0-9]*$ ]] || return 1
    name=$(tr '\0' ' ' <"/proc/$process/cmdline") 2>/dev/null || return 1
    [[ $name == *keepalived* || $name == *vrrpd* ]] || return 1
    caught=$(awk '$1 == "SigCgt:" { print $2 }' "/proc/$process/status") 2>/dev/null || return 1
    blocked=$(awk '$1 == "SigBlk:" { print $2 }' "/proc/$process/status") 2>/dev/null || return 1
    [[ -n $caught && -n $blocked ]] && (((0x$caught | 0x$blocked) & 1)) || return 1
    kill -HUP "$process" 2>/dev/null || return 1
    say "told keepalived, process $process"
}

if [[ $create_config_only == true ]]; then
    bring || fail "$file could not be brought to $dst_file"
    exit 0
fi

# The first pass always brings and tells: who starts this anew cannot know what was told before. To read a file that has
# not changed disturbs nothing.
known=
untold=false
waiting=false
while true; do
    sum=$(md5sum <"$file") || sum=
    if [[ -n $sum && $sum != "$known" ]] && bring; then
        known=$sum
        untold=true
    fi
    if [[ $untold == true ]]; then
        if tell; then
            untold=false
            waiting=false
        elif [[ $waiting == false ]]; then
            say "waiting for a keepalived that $pid names"
            waiting=true
        fi
    fi
    # Soon again while somebody waits.
    if [[ $untold == true ]]; then sleep 1; else sleep "$interval"; fi
done
