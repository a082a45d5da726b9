# bash completion for jobctl; generated from its verbs, do not edit
_jobctl() {
    local current=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=
    if [ "$COMP_CWORD" -gt 2 ] && [[ " create-job " == *" $verb-${COMP_WORDS[2]} "* ]]; then
        verb=$verb-${COMP_WORDS[2]}
    fi
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="apply create delete get help logs wait"
    else
        case $verb in
            apply) words="--certificate-authority --context --debug --dry-run --field-manager --filename --force-conflicts --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --server --server-side --token --validate" ;;
            create) words="job --certificate-authority --context --debug --dry-run --filename --help --insecure-skip-tls-verify --kubeconfig --namespace --output --recursive --request-timeout --save-config --server --token --validate" ;;
            create-job) words="--certificate-authority --context --debug --dry-run --from --help --image --insecure-skip-tls-verify --kubeconfig --namespace --output --request-timeout --server --token" ;;
            delete) words="--all --all-namespaces --cascade --certificate-authority --context --debug --dry-run --field-selector --filename --force --grace-period --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --namespace --now --output --recursive --request-timeout --selector --server --timeout --token --wait" ;;
            get) words="--all-namespaces --allow-missing-template-keys --certificate-authority --chunk-size --context --debug --field-selector --filename --help --ignore-not-found --insecure-skip-tls-verify --kubeconfig --label-columns --namespace --no-headers --output --recursive --request-timeout --selector --server --show-kind --show-labels --show-managed-fields --sort-by --token --watch --watch-only" ;;
            help) words="" ;;
            logs) words="--all-containers --all-pods --certificate-authority --container --context --debug --follow --help --ignore-errors --insecure-skip-tls-verify --kubeconfig --limit-bytes --max-log-requests --namespace --pod-running-timeout --prefix --previous --request-timeout --selector --server --since --since-time --tail --timestamps --token" ;;
            wait) words="--all --all-namespaces --certificate-authority --context --debug --field-selector --filename --for --help --insecure-skip-tls-verify --kubeconfig --namespace --recursive --request-timeout --selector --server --timeout --token" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _jobctl jobctl
