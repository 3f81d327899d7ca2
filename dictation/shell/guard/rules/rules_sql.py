"""Judges statements of databases: SQL, Redis, MongoDB and their clients."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output
from dictation.spelled.lazy_regex import late

TABLE = late(
    r"\b(?:DROP|TRUNCATE)\b|\bALTER\b.*\bDROP\b|\bDROP\s+(?:COLUMN|CONSTRAINT|OWNED)", re.IGNORECASE | re.DOTALL
)
ALL_ROWS = late(r"\b(?:DELETE\s+FROM|UPDATE\s+[\w.\"`\[\]]+\s+SET)\b", re.IGNORECASE)
POWER = late(
    r"\b(?:GRANT|REVOKE|CREATE\s+(?:USER|ROLE|LOGIN)|ALTER\s+(?:USER|ROLE|LOGIN|SYSTEM)|SET\s+PASSWORD|SUPERUSER)\b|"
    r"mysql\.user",
    re.IGNORECASE,
)
RUNS = late(
    r"\bTO\s+PROGRAM\b|\bFROM\s+PROGRAM\b|xp_cmdshell|sp_OACreate|\bINTO\s+(?:OUT|DUMP)FILE\b|lo_export|"
    r"pg_read_server|load_extension"
    r"|\bsys_exec\b|\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|EXTENSION|LANGUAGE)\b.*\b(?:plpython|plperl)",
    re.IGNORECASE | re.DOTALL,
)
STOPS = late(
    r"\bSHUTDOWN\b|pg_terminate_backend|\bKILL\s+\d|DISABLE\s+TRIGGER|\bdetach\s+partition|pg_drop_replication_slot",
    re.IGNORECASE,
)
REDIS = {"flushall", "flushdb", "shutdown", "debug", "replicaof", "slaveof", "module", "script", "eval", "migrate"}
REDIS_CHANGES = frozenset("del unlink expire rename hdel zrem srem ltrim config client save".split())
MONGO = late(
    r"dropDatabase|\.drop\(|deleteMany\(\s*\{\s*\}|remove\(\s*\{?\s*\}?\s*\)|dropUser|dropIndexes|shutdownServer|"
    r"fsync|updateMany\(\s*\{\s*\}"
)


def sql(text: str, at: str, look: Look) -> None:
    """One or several statements."""
    if text.strip(UNKNOWN + ' ;\n"') == "" and UNKNOWN in text:
        look.unclear(at, "The statement is only known when it runs.")
        return
    bare = re.sub(r"/\*!\d*(.*?)\*/", r" \1 ", text, flags=re.DOTALL)
    bare = re.sub(r"/\*.*?\*/", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"--[^\n]*|#\s[^\n]*", " ", bare)
    runs = re.search(
        r"(?m)(?:^\s*|;\s*)(?:\\!|\.shell\b|\.system\b|\\copy\b.*\bprogram\b|system\s|\\o\s*\||\.import\s*\"?\|"
        r")\s*(.*)",
        bare,
    )
    if runs:
        look.text(runs[1] or "true", "bash", at)
        look.caution("runs-command", "The database client starts another program.", at)
    nested = re.findall(r"EXEC(?:UTE)?(?:\s+IMMEDIATE)?\s*\(?\s*(?:format\()?N?'((?:[^']|'')*)'", bare, re.IGNORECASE)
    for each in nested[:4]:
        sql(each.replace("''", "'"), at, look)
    bones = re.sub(r"'(?:[^']|'')*'", "''", bare)
    for statement in bones.split(";"):
        _statement(statement, at, look)


NO_TABLE = late(r"\s*(?:EXPLAIN|SHOW|COMMENT|SELECT\s+''\s*(?:AS|$))", re.IGNORECASE)
ALWAYS = late(r"\s*(?:1|true|1\s*=\s*1|''\s*=\s*''|\d+\s*(?:=|<|>)\s*\d+|not\s+false)\s*$", re.IGNORECASE)
"""Conditions that every row meets."""

REPLACES = late(r"\A\s*(?:REPLACE\s+INTO|MERGE\s+INTO|ALTER\s|RENAME\s|VACUUM\s+FULL|REINDEX)", re.IGNORECASE)
STATEMENTS = (
    (REPLACES, CAUTION, "changes-rows", "It changes what the database holds."),
    (POWER, DANGER, "privilege", "It gives or takes rights in the database."),
    (RUNS, DANGER, "runs-command", "The database would run a command or write a file."),
    (STOPS, CAUTION, "stops", "It ends sessions or the server."),
)
"""What else a statement does: all that fit."""


def _statement(text: str, at: str, look: Look) -> None:
    if TABLE.search(text) and not NO_TABLE.match(text):
        if MAKES.match(text) and not DROPS.search(text):
            return
        _drops(text, at, look)
    if ALL_ROWS.search(text) and not PLANS.match(text):
        _rows(text, at, look)
    for pattern, level, code, message in STATEMENTS:
        if pattern.search(text):
            look.note(level, code, message, at)


def _drops(text: str, at: str, look: Look) -> None:
    if re.search(r"TEMP(?:ORARY)?\s+TABLE", text, re.IGNORECASE):
        look.caution("drops", "It deletes a temporary table.", at)
    else:
        look.danger("drops", "It deletes or empties what the database holds.", at)


MAKES, DROPS = late(r"\s*(?:CREATE|INSERT)\b", re.IGNORECASE), late(r"\bDROP\b", re.IGNORECASE)
PLANS = late(r"\s*EXPLAIN\s+(?!ANALY)", re.IGNORECASE)
"""What is only planned; ``EXPLAIN ANALYZE`` runs it."""


def _rows(text: str, at: str, look: Look) -> None:
    """DELETE and UPDATE: which rows they reach."""
    where = re.search(r"\bWHERE\b(.*)", text, re.IGNORECASE | re.DOTALL)
    if not where or ALWAYS.match(where[1]):
        look.danger("all-rows", "It changes or deletes every row of a table.", at)
    else:
        look.caution("changes-rows", "It changes or deletes rows.", at)


CLIENT = (
    "-c --command -f --file -e --execute -d --dbname -U -u -h --host -p --port -P -D --user --database -q --query"
    " -Q -cmd -S -s -o -v"
)


def client(call: Call, look: Look) -> Output | None:
    """psql, mysql, sqlite3 and so on; ``None`` when statements come by standard input."""
    options = read(call.args, CLIENT)
    given = _given(call.args, options)
    for text in given:
        sql(text, call.at, look)
    if any("network" in word.marks for word in call.words):
        look.danger("remote-code", "It runs statements that come from the network.", call.at)
    if call.name == "bq" and "rm" in call.args:
        look.danger("drops", "It deletes a table or a dataset.", call.at)
    if not given and call.feed is not None:
        return None
    if _files(options):
        look.caution("runs-file", "It runs every statement of a file.", call.at)
    return Output(None, frozenset({"local"}))


def _files(options: Options) -> list[str]:
    """The files whose statements run."""
    return options.value("-f", "--file") + [each for each in options.rest if each.endswith(".sql")]


def _given(args: list[str], options: Options) -> list[str]:
    """The statements on the line: in options, joined to them, or as words of their own."""
    given = options.value("-c", "--command", "-e", "--execute", "-q", "--query", "-Q", "-cmd")
    short = options.value("-c", "-e", "-q", "-Q")
    given += [each[2:] for each in args if re.match(r"-[ceqQ].{3,}", each) and each not in short]
    given += [each for each in args if re.search(r"\s", each) and each not in given]
    return given + [each for each in args if re.match(r"[.\\](?:shell|system|read|!|restore|drop)", each)]


def redis(call: Call, look: Look) -> Output:
    """redis-cli and valkey-cli."""
    options = read(call.args, "-h -p -a -n -u -r -i -s --user --pass --eval -x")
    words = [each.lower() for each in options.rest]
    if options.has("--eval") or _takes_over(call, words):
        look.danger("drops", "It empties, stops or takes over the database.", call.at)
    elif words and words[0] in REDIS_CHANGES:
        level = "danger" if "xargs" in call.wrapped and words[0] in ("del", "unlink") else "caution"
        look.note(level, "changes-rows", "It deletes or changes keys.", call.at)
    elif call.feed is not None and call.feed.text is None:
        look.caution("runs-output", "It runs whatever comes down the pipe.", call.at)
    return Output(None, frozenset({"local"}))


def _takes_over(call: Call, words: list[str]) -> bool:
    """Whether ``words``, or what comes down the pipe, change the whole database or who is its master."""
    piped = (call.feed.text or "").lower().split() if call.feed else []
    spoken = {*words[:3], *piped}
    moves = "cluster" in words and spoken & {"reset", "failover"}
    return bool(spoken & REDIS or words[:2] == ["config", "set"] or moves)


def mongo(call: Call, look: Look) -> Output:
    """mongosh, mongo, mongorestore."""
    text = " ".join(call.args) + " " + ((call.feed.text or "") if call.feed else "")
    if call.name == "mongorestore" or "--drop" in call.args:
        look.note("danger" if "--drop" in call.args else "caution", "drops", "It replaces collections.", call.at)
    elif MONGO.search(text):
        look.danger("drops", "It deletes or empties what the database holds.", call.at)
    elif re.search(
        r"delete(?:One|Many)|remove\(|update(?:One|Many)|replaceOne|findOneAnd|bulkWrite|renameCollection|\.insert",
        text,
    ):
        look.caution("changes-rows", "It changes or deletes documents.", call.at)
    elif call.feed is not None and call.feed.text is None:
        look.caution("runs-output", "It runs whatever comes down the pipe.", call.at)
    return Output(None, frozenset({"local"}))


def admin(call: Call, look: Look) -> Output:
    """Programs that create, drop, restore or migrate whole databases."""
    line = " ".join([call.name, *call.args])
    if re.search(r"^dropdb|^dropuser|\bdrop\b|\bdb:(?:drop|reset|purge|wipe)|migrate:(?:fresh|reset|refresh)|"
        r"db:migrate:reset|sqlflush|\bflush\b|reset_db|migrate reset|db push.*--(?:force|accept)|push\b.*--force|"
        r"schema:drop|DROP|\bmigrate \S+ zero\b|^flyway\b.*\bclean\b|^influx (?:\S+ )?delete\b",
        line) or re.search(r"\bdowngrade base\b", line):  # fmt: skip
        look.danger("drops", "It deletes or empties a database.", call.at)
    elif re.search(
        r"pg_restore.*(?:-c\b|--clean)|^pg_restore|^mysqlimport|migrate:rollback|downgrade|db:rollback|loaddata|"
        r"db:seed:replant|undo:all|pg_resetwal",
        line,
    ):
        look.caution("changes-rows", "It replaces or takes back what the database holds.", call.at)
    return Output(None, frozenset({"local"}))


RULES = {
    **dict.fromkeys("redis-cli valkey-cli keydb-cli".split(), redis),
    **dict.fromkeys("mongo mongosh mongorestore mongoimport".split(), mongo),
    **dict.fromkeys("dropdb dropuser pg_restore mysqladmin mysqlimport alembic prisma drizzle-kit sequelize "
        "sequelize-cli typeorm knex flyway liquibase pg_resetwal influx artisan rake rails doctrine goose dbmate "
        "diesel sqlx".split(), admin),
}  # fmt: skip
