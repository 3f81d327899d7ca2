# Dictation in bash: a key turns what stands in the line, or what you say, into one command that waits for your Enter.
# Nothing here runs what it gets: it only changes the line that is being edited.

__dictation_fill() {
    local line
    line=$(@COMMAND@ fill --shell bash <<<"$READLINE_LINE") || return 0
    line=${line%%$'\n'*}
    if [[ -n $line ]]; then
        READLINE_LINE=$line
        READLINE_POINT=${#READLINE_LINE}
    fi
}

# Which branch is in force here, read from git's files: running git in a strange folder may run what that folder says.
__dictation_head() {
    local folder=$PWD git='' head=''
    REPLY=
    while :; do
        if [[ -f $folder/.git/HEAD ]]; then
            git=$folder/.git
            break
        elif [[ -f $folder/.git ]]; then
            IFS= read -r head <"$folder/.git" || :
            git=${head#gitdir: }
            [[ $git == /* ]] || git=$folder/$git
            break
        fi
        [[ -n $folder ]] || return 0
        folder=${folder%/*}
    done
    head=
    [[ ! -r $git/HEAD ]] || IFS= read -r head <"$git/HEAD" || :
    [[ $head != 'ref: refs/heads/'* ]] || REPLY=${head#ref: refs/heads/}
}

# At each prompt: who and where this shell is, for the app to read. Every part ends with a NUL.
__dictation_note() {
    local status=$? editing=emacs REPLY=
    if [[ -d @NOTES@ && -O @NOTES@ ]]; then
        __dictation_head 2>/dev/null
        [[ ! -o vi ]] || editing=vi
        printf '%s\0' 1 "$$" "$__dictation_tty" bash prompt "$editing" "$status" "$PWD" "$REPLY" end \
            2>/dev/null >|@NOTES@/"${__dictation_tty_name}" || :
    fi
    return "$status"
}

if [[ $- == *i* ]] && __dictation_tty=$(tty); then
    __dictation_tty_name=${__dictation_tty#/dev/}
    __dictation_tty_name=${__dictation_tty_name//\//-}
    if [[ ${PROMPT_COMMAND[*]-} != *__dictation_note* ]]; then
        # First of all, while the status of the last command is still known.
        if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
            PROMPT_COMMAND=(__dictation_note "${PROMPT_COMMAND[@]}")
        else
            PROMPT_COMMAND="__dictation_note${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
        fi
    fi
    for __dictation_map in emacs-standard vi-insert vi-command; do
        bind -m "$__dictation_map" -x @KEY@
    done
    unset __dictation_map
fi
