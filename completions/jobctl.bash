# bash completion for jobctl; generated from its verbs, do not edit
_jobctl() {
    local current=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=
    if [ "$COMP_CWORD" -gt 2 ] && [[ " create-job create-cronjob local-start local-stop local-status local-env local-logs local-reset " == *" $verb-${COMP_WORDS[2]} "* ]]; then
        verb=$verb-${COMP_WORDS[2]}
    fi
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="annotate api-resources apply attach completion cordon cp create delete describe diff drain edit events exec explain get help label local logs patch port-forward replace resume run scale simulate suspend taint uncordon use version wait"
    else
        case $verb in
            annotate) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            api-resources) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --no-headers --output --request-timeout --server --token" ;;
            apply) words="--certificate-authority --context --debug --dry-run --field-manager --filename --force-conflicts --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --server --server-side --token --validate" ;;
            attach) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --quiet --request-timeout --server --stdin --token --tty" ;;
            completion) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            cordon) words="--certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --selector --server --token" ;;
            cp) words="--certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --no-preserve --request-timeout --retries --server --token" ;;
            create) words="cronjob job --certificate-authority --context --debug --dry-run --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --save-config --server --token --validate" ;;
            create-cronjob) words="--certificate-authority --context --debug --dry-run --help --image --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --restart --schedule --server --token" ;;
            create-job) words="--certificate-authority --context --debug --dry-run --from --help --image --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            delete) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all --all-namespaces --cascade --certificate-authority --context --debug --dry-run --field-selector --filename --force --grace-period --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --namespace --now --output --recursive --request-timeout --selector --server --timeout --token --wait" ;;
            describe) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all-namespaces --certificate-authority --context --debug --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --selector --server --show-events --token" ;;
            diff) words="--certificate-authority --context --debug --filename --force-conflicts --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --server --server-side --show-managed-fields --token" ;;
            drain) words="--certificate-authority --context --debug --delete-emptydir-data --disable-eviction --dry-run --force --grace-period --help --ignore-daemonsets --insecure-skip-tls-verify --kubeconfig --namespace --pod-selector --request-timeout --selector --server --timeout --token" ;;
            edit) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            events) words="--all-namespaces --certificate-authority --context --debug --for --help --insecure-skip-tls-verify --kubeconfig --namespace --no-headers --request-timeout --server --token --types --watch" ;;
            exec) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --container --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --quiet --request-timeout --server --stdin --token --tty" ;;
            explain) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --api-version --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --server --token" ;;
            get) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all-namespaces --allow-missing-template-keys --certificate-authority --chunk-size --context --debug --field-selector --filename --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --label-columns --namespace --no-headers --output --recursive --request-timeout --selector --server --show-kind --show-labels --show-managed-fields --sort-by --token --watch --watch-only" ;;
            help) words="" ;;
            label) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            local) words="env logs reset start status stop" ;;
            local-env) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            local-logs) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --tail --token" ;;
            local-reset) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            local-start) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            local-status) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            local-stop) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --keep-pods --kubeconfig --namespace --request-timeout --server --token" ;;
            logs) words="--all-containers --all-pods --attempt --certificate-authority --container --context --debug --follow --help --ignore-errors --index --insecure-skip-tls-verify --kubeconfig --limit-bytes --max-log-requests --namespace --pod-running-timeout --prefix --previous --request-timeout --selector --server --since --since-time --tail --timestamps --token" ;;
            patch) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --patch --patch-file --request-timeout --server --token --type" ;;
            port-forward) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            replace) words="--certificate-authority --context --debug --dry-run --filename --force --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --server --token --validate" ;;
            resume) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            run) words="--certificate-authority --context --debug --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --no-sandbox --quiet --recursive --request-timeout --runtime --server --timeout --token" ;;
            scale) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --certificate-authority --context --current-replicas --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --replicas --request-timeout --server --token" ;;
            simulate) words="--at --certificate-authority --context --debug --duration --explain --fail --filename --help --insecure-skip-tls-verify --kubeconfig --lose-node --namespace --nodes --output --recursive --request-timeout --scenario --seed --server --token --until" ;;
            suspend) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            taint) words="--all --certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --output --overwrite --request-timeout --selector --server --token" ;;
            uncordon) words="--certificate-authority --context --debug --dry-run --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --selector --server --token" ;;
            use) words="--certificate-authority --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --request-timeout --server --token" ;;
            version) words="--certificate-authority --client --context --debug --help --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            wait) words="configmaps cronjobs events jobs namespaces nodes pods secrets serviceaccounts --all --all-namespaces --certificate-authority --context --debug --field-selector --filename --for --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --selector --server --timeout --token" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _jobctl jobctl
