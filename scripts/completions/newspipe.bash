# bash completion for nsplit, nstrip, ntag and nsummarize: the options --help names.
_newspipe() {
    local options
    COMPREPLY=()
    [[ ${COMP_WORDS[COMP_CWORD]} == -* ]] || return 0
    options=$("$1" --help 2>/dev/null |
        sed -nE 's/^  (-[A-Za-z]|  )[, ] (--[a-z-]+).*/\1 \2/p')
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _newspipe nsplit nstrip ntag nsummarize
