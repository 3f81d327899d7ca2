# Dictation in zsh: a key turns what stands in the line, or what you say, into one command that waits for your Enter.
# Nothing here runs what it gets: it only changes the line that is being edited.

__dictation_fill() {
    emulate -L zsh
    local line
    zle -I
    line=$(@COMMAND@ fill --shell zsh <<<"$BUFFER")
    line=${line%%$'\n'*}
    if [[ -n $line ]]; then
        BUFFER=$line
        CURSOR=$#BUFFER
    fi
    zle reset-prompt
}

# Which branch is in force here, read from git's files: running git in a strange folder may run what that folder says.
__dictation_head() {
    emulate -L zsh
    local folder=$PWD git='' head=''
    REPLY=
    while true; do
        if [[ -f $folder/.git/HEAD ]]; then
            git=$folder/.git
            break
        elif [[ -f $folder/.git ]]; then
            IFS= read -r head <"$folder/.git" || true
            git=${head#gitdir: }
            [[ $git == /* ]] || git=$folder/$git
            break
        fi
        [[ -n $folder ]] || return 0
        folder=${folder%/*}
    done
    head=
    [[ ! -r $git/HEAD ]] || IFS= read -r head <"$git/HEAD" || true
    [[ $head != 'ref: refs/heads/'* ]] || REPLY=${head#ref: refs/heads/}
}

# Who and where this shell is, for the app to read. Every part ends with a NUL.
__dictation_note() {
    emulate -L zsh
    local state=$1 code=$2 editing=emacs REPLY=
    [[ -d @NOTES@ && -O @NOTES@ ]] || return 0
    __dictation_head 2>/dev/null
    [[ -z ${${(M)${(f)"$(bindkey -lL main)"}:#*viins*}} ]] || editing=vi
    printf '%s\0' 1 $$ $TTY zsh $state $editing $code $PWD "$REPLY" end 2>/dev/null >|@NOTES@/${${TTY#/dev/}//\//-} || true
}
__dictation_prompt() { __dictation_note prompt $? }
__dictation_runs() { __dictation_note busy 0 }

if [[ -o interactive && -n ${TTY-} ]]; then
    autoload -Uz add-zsh-hook
    add-zsh-hook precmd __dictation_prompt
    add-zsh-hook preexec __dictation_runs
    zle -N dictation-fill __dictation_fill
    () {
        local map
        for map in emacs viins vicmd; do
            bindkey -M $map @KEY@ dictation-fill
        done
    }
fi
