# bash completion for jobctl; generated from its verbs, do not edit
# The names that may stand where the cursor is, of whatever server the line is about: into COMPREPLY as they
# are, since compgen would expand them. Words are made whole again that the shell has split.
_jobctl_names() {
    local i word joined= line=() current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[0]/#\~\//$HOME/}
    type -P "$command" >/dev/null || command=jobctl
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ ($word == [=:] || -n $joined) && ${#line[@]} -gt 0 ]]; then
            line[${#line[@]} - 1]+=$word
        else
            line+=("$word")
        fi
        joined=
        [[ $word != [=:] ]] || joined=yes
    done
    local whole=${line[${#line[@]} - 1]}
    while IFS= read -r word; do
        COMPREPLY+=("${word#"${whole%"$current"}"}")
    done < <("$command" __complete "${line[@]}" 2>/dev/null </dev/null)
}
_jobctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb= words= i
    local types="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services"
    local globals="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token"
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -n|--namespace|-s|--server|--context|--kubeconfig|--token|--certificate-authority|--request-timeout) if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); else ((i++)); fi ;;
            =) ((i++)) ;;
            -*) ;;
            *)
                if [[ -n $verb ]]; then
                    [[ " create-job create-cronjob create-configmap create-secret create-namespace local-start local-stop local-status local-env local-logs local-reset " != *" $verb-${COMP_WORDS[i]} "* ]] || verb=$verb-${COMP_WORDS[i]}
                    break
                fi
                verb=${COMP_WORDS[i]} ;;
        esac
    done
    if [[ $current == = ]]; then
        previous=$previous= current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}=
    fi
    case $previous in
        -n|--namespace|--namespace=) compopt +o default 2>/dev/null; _jobctl_names; return ;;
        -s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
        --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
    esac
    case $verb in
        ''|help) words="annotate api-resources apply attach completion cordon cp create delete describe diff drain edit events exec explain get help label local logs patch port-forward replace resume run scale simulate suspend taint uncordon use version wait" ;;
        annotate|label)
            case $previous in
                -l|--selector|--selector=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--all --dry-run --output --overwrite --selector $types $globals" ;;
            esac ;;
        api-resources)
            case $previous in
                -o|--output|--output=) verb= words="name" ;;
                *) words="--no-headers --output $globals" ;;
            esac ;;
        apply)
            case $previous in
                --field-manager|--field-manager=) compopt +o default 2>/dev/null; return ;;
                --validate=) verb= words="strict warn ignore" ;;
                -f|--filename|--filename=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --field-manager --filename --force-conflicts --output --recursive --server-side --validate $globals" ;;
            esac ;;
        attach|exec)
            case $previous in
                -c|--container|--container=) compopt +o default 2>/dev/null; return ;;
                *) words="--container --quiet --stdin --tty $globals" ;;
            esac ;;
        completion) words="bash zsh $globals" ;;
        cordon|uncordon)
            case $previous in
                -l|--selector|--selector=) compopt +o default 2>/dev/null; return ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --selector $globals" ;;
            esac ;;
        cp)
            case $previous in
                -c|--container|--container=|--retries|--retries=) compopt +o default 2>/dev/null; return ;;
                *) words="--container --no-preserve --retries $globals" ;;
            esac ;;
        create)
            case $previous in
                --validate=) verb= words="strict warn ignore" ;;
                -f|--filename|--filename=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="configmap cronjob job namespace secret --dry-run --filename --output --recursive --save-config --validate $globals" ;;
            esac ;;
        create-configmap)
            case $previous in
                --from-file|--from-file=|--from-literal|--from-literal=) compopt +o default 2>/dev/null; return ;;
                --from-env-file|--from-env-file=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --from-env-file --from-file --from-literal --output $globals" ;;
            esac ;;
        create-cronjob)
            case $previous in
                --image|--image=|--schedule|--schedule=|--restart|--restart=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --image --output --restart --schedule $globals" ;;
            esac ;;
        create-job)
            case $previous in
                --image|--image=|--from|--from=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --from --image --output $globals" ;;
            esac ;;
        create-namespace)
            case $previous in
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --output $globals" ;;
            esac ;;
        create-secret)
            case $previous in
                --type|--type=|--from-file|--from-file=|--from-literal|--from-literal=) compopt +o default 2>/dev/null; return ;;
                --from-env-file|--from-env-file=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --from-env-file --from-file --from-literal --output --type $globals" ;;
            esac ;;
        delete)
            case $previous in
                --cascade=) verb= words="background foreground orphan" ;;
                --grace-period|--grace-period=|--timeout|--timeout=|-l|--selector|--selector=|--field-selector|--field-selector=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="name" ;;
                -f|--filename|--filename=) return ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--all --all-namespaces --cascade --dry-run --field-selector --filename --force --grace-period --ignore-not-found --now --output --recursive --selector --timeout --wait $types $globals" ;;
            esac ;;
        describe)
            case $previous in
                -l|--selector|--selector=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=) return ;;
                *) words="--all-namespaces --filename --recursive --selector --show-events $types $globals" ;;
            esac ;;
        diff)
            case $previous in
                -f|--filename|--filename=) return ;;
                *) words="--filename --force-conflicts --recursive --server-side --show-managed-fields $globals" ;;
            esac ;;
        drain)
            case $previous in
                --grace-period|--grace-period=|--timeout|--timeout=|-l|--selector|--selector=|--pod-selector|--pod-selector=) compopt +o default 2>/dev/null; return ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--delete-emptydir-data --disable-eviction --dry-run --force --grace-period --ignore-daemonsets --pod-selector --selector --timeout $globals" ;;
            esac ;;
        edit) words="$types $globals" ;;
        events)
            case $previous in
                --for|--for=|--types|--types=) compopt +o default 2>/dev/null; return ;;
                *) words="--all-namespaces --for --no-headers --types --watch $globals" ;;
            esac ;;
        explain)
            case $previous in
                --api-version|--api-version=) compopt +o default 2>/dev/null; return ;;
                *) words="--api-version --recursive $types $globals" ;;
            esac ;;
        get)
            case $previous in
                -o|--output|--output=) verb= words="wide json yaml name jsonpath= custom-columns=" ;;
                -L|--label-columns|--label-columns=|--sort-by|--sort-by=|--allow-missing-template-keys|--allow-missing-template-keys=|--chunk-size|--chunk-size=|-l|--selector|--selector=|--field-selector|--field-selector=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=) return ;;
                *) words="--all-namespaces --allow-missing-template-keys --chunk-size --field-selector --filename --ignore-not-found --label-columns --no-headers --output --recursive --selector --show-kind --show-labels --show-managed-fields --sort-by --watch --watch-only $types $globals" ;;
            esac ;;
        local) words="env logs reset start status stop" ;;
        local-env|local-reset|local-start|port-forward|resume|suspend|use) words="$globals" ;;
        local-logs)
            case $previous in
                --tail|--tail=) compopt +o default 2>/dev/null; return ;;
                *) words="--tail $globals" ;;
            esac ;;
        local-status)
            case $previous in
                -o|--output|--output=) verb= words="json" ;;
                *) words="--output $globals" ;;
            esac ;;
        local-stop) words="--keep-pods $globals" ;;
        logs)
            case $previous in
                -l|--selector|--selector=|-c|--container|--container=|--index|--index=|--attempt|--attempt=|--tail|--tail=|--since|--since=|--since-time|--since-time=|--limit-bytes|--limit-bytes=|--max-log-requests|--max-log-requests=|--pod-running-timeout|--pod-running-timeout=) compopt +o default 2>/dev/null; return ;;
                *) words="--all-containers --all-pods --attempt --container --follow --ignore-errors --index --limit-bytes --max-log-requests --pod-running-timeout --prefix --previous --selector --since --since-time --tail --timestamps $globals" ;;
            esac ;;
        patch)
            case $previous in
                --type|--type=) verb= words="strategic merge json" ;;
                -p|--patch|--patch=) compopt +o default 2>/dev/null; return ;;
                --patch-file|--patch-file=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --output --patch --patch-file --type $types $globals" ;;
            esac ;;
        replace)
            case $previous in
                --validate=) verb= words="strict warn ignore" ;;
                -f|--filename|--filename=) return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--dry-run --filename --force --output --recursive --validate $globals" ;;
            esac ;;
        run)
            case $previous in
                -f|--filename|--filename=) return ;;
                --timeout|--timeout=|--runtime|--runtime=) compopt +o default 2>/dev/null; return ;;
                *) words="--filename --no-sandbox --quiet --recursive --runtime --timeout $globals" ;;
            esac ;;
        scale)
            case $previous in
                --replicas|--replicas=|--current-replicas|--current-replicas=) compopt +o default 2>/dev/null; return ;;
                *) words="--current-replicas --replicas $types $globals" ;;
            esac ;;
        simulate)
            case $previous in
                -f|--filename|--filename=|--scenario|--scenario=) return ;;
                --fail|--fail=|--duration|--duration=|--nodes|--nodes=|--lose-node|--lose-node=|--at|--at=|--seed|--seed=|--until|--until=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="text json yaml" ;;
                *) words="--at --duration --explain --fail --filename --lose-node --nodes --output --recursive --scenario --seed --until $globals" ;;
            esac ;;
        taint)
            case $previous in
                -l|--selector|--selector=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) verb= words="json yaml name jsonpath=" ;;
                --dry-run=) verb= words="none client server" ;;
                *) words="--all --dry-run --output --overwrite --selector $globals" ;;
            esac ;;
        version)
            case $previous in
                -o|--output|--output=) verb= words="json yaml" ;;
                *) words="--client --output $globals" ;;
            esac ;;
        wait)
            case $previous in
                --for|--for=|--timeout|--timeout=|-l|--selector|--selector=|--field-selector|--field-selector=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=) return ;;
                *) words="--all --all-namespaces --field-selector --filename --for --recursive --selector --timeout $types $globals" ;;
            esac ;;
    esac
    if [[ " annotate attach cordon delete describe drain edit exec get label logs patch port-forward resume scale suspend taint uncordon wait " == *" $verb "* && $current != -* && $previous != *= ]]; then
        _jobctl_names
        [[ ${#COMPREPLY[@]} == 0 ]] || return
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -o default -F _jobctl jobctl
