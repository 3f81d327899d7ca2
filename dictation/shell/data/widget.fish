# Dictation in fish: a key turns what stands in the line, or what you say, into one command that waits for your Enter.
# Nothing here runs what it gets: it only changes the line that is being edited.

function __dictation_fill
    set -l lines (commandline | string collect | @COMMAND@ fill --shell fish)
    if test -n "$lines[1]"
        commandline -r -- $lines[1]
        commandline -C (string length -- $lines[1])
    end
    commandline -f repaint
end

# Which branch is in force here, read from git's files: running git in a strange folder may run what that folder says.
function __dictation_head
    set -l folder $PWD
    set -l git ''
    set -l head ''
    while true
        if test -f "$folder/.git/HEAD"
            set git "$folder/.git"
            break
        else if test -f "$folder/.git"
            read head <"$folder/.git"
            set git (string replace -r '^gitdir: ' '' -- $head | string collect)
            string match -q '/*' -- $git; or set git "$folder/$git"
            break
        end
        test -n "$folder"; or return 0
        set folder (string replace -r '/[^/]*$' '' -- "$folder" | string collect)
    end
    set head ''
    test -r "$git/HEAD"; and read head <"$git/HEAD"
    string replace -f -r '^ref: refs/heads/' '' -- $head
end

# Who and where this shell is, for the app to read. Every part ends with a NUL.
function __dictation_note
    test -d @NOTES@ -a -O @NOTES@; or return 0
    set -l editing emacs
    string match -q '*vi*' -- "$fish_key_bindings"; and set editing vi
    set -l branch (__dictation_head 2>/dev/null)
    printf '%s\0' 1 $fish_pid $__dictation_tty fish $argv[1] $editing $argv[2] $PWD "$branch" end 2>/dev/null >@NOTES@/$__dictation_tty_name
end

if status is-interactive; and set -g __dictation_tty (tty)
    set -g __dictation_tty_name (string replace -a / - -- (string replace -r '^/dev/' '' -- $__dictation_tty))
    function __dictation_prompt --on-event fish_prompt
        __dictation_note prompt $status
    end
    function __dictation_runs --on-event fish_preexec
        __dictation_note busy 0
    end
    bind @KEY@ __dictation_fill
    bind -M insert @KEY@ __dictation_fill 2>/dev/null
end
