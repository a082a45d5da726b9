# bash completion for jobctl; generated from its verbs, do not edit
_jobctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb= words= i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -n|--namespace|-s|--server|--context|--kubeconfig|--token|--certificate-authority|--request-timeout) if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); else ((i++)); fi ;;
            =) ((i++)) ;;
            -*) ;;
            *)
                if [[ -n $verb ]]; then
                    [[ " create-job create-cronjob local-start local-stop local-status local-env local-logs local-reset " != *" $verb-${COMP_WORDS[i]} "* ]] || verb=$verb-${COMP_WORDS[i]}
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
    case $verb in
        '')
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="annotate api-resources apply attach completion cordon cp create delete describe diff drain edit events exec explain get help label local logs patch port-forward replace resume run scale simulate suspend taint uncordon use version wait" ;;
            esac ;;
        annotate)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            esac ;;
        api-resources)
            case $previous in
                -o|--output|--output=) words="name" ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --no-headers --output --request-timeout --server --token" ;;
            esac ;;
        apply)
            case $previous in
                --field-manager|--field-manager=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --validate=) words="strict warn ignore" ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                *) words="--certificate-authority --context --debug --dry-run --field-manager --filename --force-conflicts --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --server --server-side --token --validate" ;;
            esac ;;
        attach)
            case $previous in
                -c|--container|--container=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --quiet --request-timeout --server --stdin --token --tty" ;;
            esac ;;
        completion)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="bash zsh --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        cordon)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --selector --server --token" ;;
            esac ;;
        cp)
            case $previous in
                -c|--container|--container=|--retries|--retries=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --no-preserve --request-timeout --retries --server --token" ;;
            esac ;;
        create)
            case $previous in
                --validate=) words="strict warn ignore" ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                *) words="cronjob job --certificate-authority --context --debug --dry-run --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --save-config --server --token --validate" ;;
            esac ;;
        create-cronjob)
            case $previous in
                --image|--image=|--schedule|--schedule=|--restart|--restart=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --dry-run --help --image --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --restart --schedule --server --token" ;;
            esac ;;
        create-job)
            case $previous in
                --image|--image=|--from|--from=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --dry-run --from --help --image --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            esac ;;
        delete)
            case $previous in
                --cascade=) words="background foreground orphan" ;;
                --grace-period|--grace-period=|--timeout|--timeout=|-l|--selector|--selector=|--field-selector|--field-selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="name" ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                --dry-run=) words="none client server" ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all --all-namespaces --cascade --certificate-authority --context --debug --dry-run --field-selector --filename --force --grace-period --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --namespace --now --output --recursive --request-timeout --selector --server --timeout --token --wait" ;;
            esac ;;
        describe)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all-namespaces --certificate-authority --context --debug --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --selector --server --show-events --token" ;;
            esac ;;
        diff)
            case $previous in
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                *) words="--certificate-authority --context --debug --filename --force-conflicts --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --server --server-side --show-managed-fields --token" ;;
            esac ;;
        drain)
            case $previous in
                --grace-period|--grace-period=|--timeout|--timeout=|-l|--selector|--selector=|--pod-selector|--pod-selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --delete-emptydir-data --disable-eviction --dry-run --force --grace-period --help --ignore-daemonsets --insecure-skip-tls-verify --kubeconfig --namespace --pod-selector --request-timeout --selector --server --timeout --token" ;;
            esac ;;
        edit)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        events)
            case $previous in
                --for|--for=|--types|--types=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--all-namespaces --certificate-authority --context --debug --for --help --insecure-skip-tls-verify --kubeconfig --namespace --no-headers --request-timeout --server --token --types --watch" ;;
            esac ;;
        exec)
            case $previous in
                -c|--container|--container=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --quiet --request-timeout --server --stdin --token --tty" ;;
            esac ;;
        explain)
            case $previous in
                --api-version|--api-version=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --api-version --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --server --token" ;;
            esac ;;
        get)
            case $previous in
                -o|--output|--output=) words="wide json yaml name jsonpath= custom-columns=" ;;
                -L|--label-columns|--label-columns=|--sort-by|--sort-by=|--allow-missing-template-keys|--allow-missing-template-keys=|--chunk-size|--chunk-size=|-l|--selector|--selector=|--field-selector|--field-selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all-namespaces --allow-missing-template-keys --certificate-authority --chunk-size --context --debug --field-selector --filename --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --label-columns --namespace --no-headers --output --recursive --request-timeout --selector --server --show-kind --show-labels --show-managed-fields --sort-by --token --watch --watch-only" ;;
            esac ;;
        help)
            case $previous in
                *) words="annotate api-resources apply attach completion cordon cp create delete describe diff drain edit events exec explain get help label local logs patch port-forward replace resume run scale simulate suspend taint uncordon use version wait" ;;
            esac ;;
        label)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            esac ;;
        local)
            case $previous in
                *) words="env logs reset start status stop" ;;
            esac ;;
        local-env)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        local-logs)
            case $previous in
                --tail|--tail=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --tail --token" ;;
            esac ;;
        local-reset)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        local-start)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        local-status)
            case $previous in
                -o|--output|--output=) words="json" ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            esac ;;
        local-stop)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --keep-pods --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        logs)
            case $previous in
                -l|--selector|--selector=|-c|--container|--container=|--index|--index=|--attempt|--attempt=|--tail|--tail=|--since|--since=|--since-time|--since-time=|--limit-bytes|--limit-bytes=|--max-log-requests|--max-log-requests=|--pod-running-timeout|--pod-running-timeout=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--all-containers --all-pods --attempt --certificate-authority --container --context --debug --follow --help --ignore-errors --index --insecure-skip-tls-verify --kubeconfig --limit-bytes --max-log-requests --namespace --pod-running-timeout --prefix --previous --request-timeout --selector --server --since --since-time --tail --timestamps --token" ;;
            esac ;;
        patch)
            case $previous in
                --type|--type=) words="strategic merge json" ;;
                -p|--patch|--patch=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --patch-file|--patch-file=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --patch --patch-file --request-timeout --server --token --type" ;;
            esac ;;
        port-forward)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        replace)
            case $previous in
                --validate=) words="strict warn ignore" ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                *) words="--certificate-authority --context --debug --dry-run --filename --force --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --server --token --validate" ;;
            esac ;;
        resume)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        run)
            case $previous in
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                --timeout|--timeout=|--runtime|--runtime=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                *) words="--certificate-authority --context --debug --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --no-sandbox --quiet --recursive --request-timeout --runtime --server --timeout --token" ;;
            esac ;;
        scale)
            case $previous in
                --replicas|--replicas=|--current-replicas|--current-replicas=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --certificate-authority --context --current-replicas --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --replicas --request-timeout --server --token" ;;
            esac ;;
        simulate)
            case $previous in
                -f|--filename|--filename=|--scenario|--scenario=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                --fail|--fail=|--duration|--duration=|--nodes|--nodes=|--lose-node|--lose-node=|--at|--at=|--seed|--seed=|--until|--until=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="text json yaml" ;;
                *) words="--at --certificate-authority --context --debug --duration --explain --fail --filename --help --insecure-skip-tls-verify --kubeconfig --lose-node --namespace --nodes --output --recursive --request-timeout --scenario --seed --server --token --until" ;;
            esac ;;
        suspend)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        taint)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -o|--output|--output=) words="json yaml name jsonpath=" ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            esac ;;
        uncordon)
            case $previous in
                -l|--selector|--selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --dry-run=) words="none client server" ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --selector --server --token" ;;
            esac ;;
        use)
            case $previous in
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            esac ;;
        version)
            case $previous in
                -o|--output|--output=) words="json yaml" ;;
                -n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                --kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="--certificate-authority --client --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            esac ;;
        wait)
            case $previous in
                --for|--for=|--timeout|--timeout=|-l|--selector|--selector=|--field-selector|--field-selector=|-n|--namespace|--namespace=|-s|--server|--server=|--context|--context=|--token|--token=|--request-timeout|--request-timeout=) compopt +o default 2>/dev/null; return ;;
                -f|--filename|--filename=|--kubeconfig|--kubeconfig=|--certificate-authority|--certificate-authority=) return ;;
                *) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts services --all --all-namespaces --certificate-authority --context --debug --field-selector --filename --for --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --selector --server --timeout --token" ;;
            esac ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -o default -F _jobctl jobctl
