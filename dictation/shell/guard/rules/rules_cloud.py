"""Judges what destroys, exposes or replaces things in containers, clusters, clouds and package registries."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, after_options, read
from dictation.shell.guard.inspection import CAUTION, DANGER, SAFE, Call, Look
from dictation.shell.guard.risky_places import kind, secret
from dictation.shell.guard.rule_table import table
from dictation.spelled.lazy_regex import late

GONE = "It deletes things in the cloud or the cluster."
RUN = (
    "-v --volume --mount -p --publish -e --env --env-file --name -w --workdir -u --user --network --net --entrypoint "
    "-h --hostname -l --label"
    " --cpus -m --memory --gpus --platform --pull --restart --cap-add --cap-drop --device --security-opt --pid --ipc "
    "--ulimit --shm-size --add-host"
    " --dns --tmpfs --log-driver --log-opt --link --volumes-from --userns --cgroupns --runtime -a --attach --cidfile "
    "--health-cmd"
)
CONTAINER = table(
    (
        r"^(?:compose|-compose)?\s*(?:.* )?(?:down\b.*(?:-v\b|--volumes|--rmi)|rm\b.*(?:-\w*v\b|--volumes))",
        DANGER,
        "deletes-volumes",
        "It deletes the volumes and what they hold.",
    ),
    (
        r"\b(?:volume|system|image|container|network|builder|buildx|pod|machine|secret|stack|service|node|swarm) "
        r"(?:rm|prune|remove|reset|leave|delete)\b|^(?:system|volume) prune|\bprune\b",
        DANGER,
        "prunes",
        "It deletes what is not in use now.",
    ),
    (
        r"^(?:rm|rmi|container rm|image rm)\b.*(?:-\w*f|-v|--force|--volumes|\0)",
        DANGER,
        "deletes-container",
        "It deletes containers or images by force.",
    ),
    (
        r"^(?:rm|rmi|container rm|image rm|compose rm|compose kill|compose down|.*\bdown\b)",
        CAUTION,
        "deletes-container",
        "It deletes containers or images.",
    ),
    (
        r"^(?:kill|stop|restart|pause|compose (?:stop|restart)|update|rename|swarm|service (?:scale|update)|stack "
        r"deploy|login|push|manifest push|commit|import|load)\b",
        CAUTION,
        "changes-container",
        "It stops or changes containers, or publishes an image.",
    ),
)


def container(call: Call, look: Look) -> None:
    """docker, podman, nerdctl."""
    args = call.args
    start = after_options(args, "-H --host --context -c -l --log-level --config")
    words = args[start:]
    if words[:1] == ["container"]:
        words = words[1:]
    match words[:1]:
        case ["run" | "create"]:
            _run(words[1:], call, look)
        case ["exec"]:
            return
        case ["cp"] if _copies_into_system(words):
            look.danger("writes-system", "It writes to a place of the system.", call.at)
        case ["build" | "buildx" | "compose"] if _builds_secret_in(words):
            look.caution("leaks-secret", "It puts a secret into an image.", call.at)
        case _:
            CONTAINER(Call(call.path, call.words[start:], call.at), look)
    if "".join(read(args[:start], "-H --host --context -c").value("-H", "--host")[:1]).startswith("tcp"):
        look.caution("remote", "It commands another machine.", call.at)


def _copies_into_system(words: list[str]) -> bool:
    """Whether ``cp CONTAINER:PATH PLACE`` writes over the system of this machine."""
    return len(words) > 2 and ":" in words[1] and kind(words[-1]) in ("system", "root")


def _builds_secret_in(words: list[str]) -> bool:
    return any("build-arg" in each and secret(each.partition("=")[2]) for each in words)


PLAIN_SOURCES = late(r"/(?:etc/(?:localtime|timezone|ssl)|usr/share)|/var/lib/docker/volumes")
"""Places of the system that a container may see."""

POWERFUL = late(r"SYS_ADMIN|ALL|SYS_PTRACE|SYS_MODULE|unconfined")


def _run(words: list[str], call: Call, look: Look) -> None:
    options = read(words[: after_options(words, RUN)], RUN)
    mounts = options.value("-v", "--volume", "--mount")
    if any(map(_opens_host, mounts)):
        look.danger("privilege", "The container can change the system it runs on.", call.at)
    elif _has_host_rights(options):
        look.danger("privilege", "The container has the rights of the system it runs on.", call.at)
    inside = [*options.value("--entrypoint"), *words[after_options(words, RUN) + 1 :]]
    if mounts and inside:
        _runs_inside(inside, mounts, call, look)


def _mounted(mount: str, keys: str, place: int) -> str:
    """One side of a mount: ``source=/a,target=/b`` by its ``keys``, or ``/a:/b:ro`` by its ``place``."""
    if "=" in mount:
        return re.sub(rf".*(?:{keys})=([^,]*).*", r"\1", mount)
    return [*mount.split(":"), ""][place]


def _opens_host(mount: str) -> bool:
    """Whether who is in the container can change this machine through what is mounted."""
    source = _mounted(mount, "source|src", 0)
    where = kind(source)
    if "docker.sock" in source or where in ("root", "device"):
        return True
    return where == "system" and not PLAIN_SOURCES.match(source) and "ro" not in mount.split(":")[2:]


def _has_host_rights(options: Options) -> bool:
    given = options.value("--cap-add", "--security-opt")
    shared = "host" in options.value("--pid", "--userns", "--ipc")
    return shared or options.has("--privileged") or any(map(POWERFUL.search, given))


def _runs_inside(inside: list[str], mounts: list[str], call: Call, look: Look) -> None:
    """The command that runs in the container; what it deletes in a mount is gone here."""
    before = set(look.findings)
    text = " ".join(f"'{each}'" if re.search(r"[\s;|&<>$*]", each) and "'" not in each else each for each in inside)
    look.text(text, "bash", call.at)
    goals = [_mounted(each, "target|dst|destination", 1) for each in mounts]
    named = any(each and each in text for each in goals)
    if set(look.findings) == before and named and re.search(r"\b(?:rm|mv|dd)\b", text):
        look.danger("deletes", "It deletes in a folder of this machine.", call.at)


PACKAGES = (
    (r"^(?:ls|list|ll|la|outdated|root|bin|prefix|view|info|show|why|explain|config (?:get|list|ls))\b", SAFE,
        "", ""),
    (r"^(?:unpublish|deprecate|owner|access|token|dist-tag (?:rm|add)|hook|team|profile)\b|^config "
        r"set.*(?:registry|ignore-scripts|script-shell)|set registry", DANGER, "publishes",
        "It changes what others get, or where packages come from."),
    (r"https?://|git\+|github:|\.tgz\b|\.git\b|file:/", DANGER, "foreign-code",
        "It runs the install script of code from an address."),
    (r"^publish\b|^(?:workspace \S+ )?publish", CAUTION, "publishes", "What is published cannot be taken back."),
    (r"^(?:uninstall|remove|rm|un|r|unlink|prune|ci --force|cache (?:clean|clear)|audit fix --force|global (?:add|"
    r"remove)|store prune|pm cache rm|dedupe)\b|(?:^|\s)(?:-g|--global|--location[= ]global)\b.*|audit fix "
    r"--force", CAUTION, "removes-package", "It removes packages, or changes them for every project."),
)  # fmt: skip
"""npm and what is used as it is."""

RULES = {
    **dict.fromkeys("docker podman nerdctl docker-compose podman-compose buildah".split(), container),
    **dict.fromkeys("kubectl oc k k3s microk8s.kubectl".split(), table(
        (r"^(?:--?\S+[= ]\S+ )*(?:auth can-i|get|describe|logs|explain|top|version|api-resources|port-forward|diff|"
            r"wait|cluster-info|completion|exec)\b(?!.*--raw)", "safe", "", ""),
        (r"(?:^|\s)(?:delete|drain|evict|destroy)\b|replace\b.*--force|apply\b.*--prune|(?:-X|--raw).*DELETE|"
            r"scale\b.*--replicas[= ]0|certificate|\brm\b|adm\b.*policy|create (?:clusterrolebinding|rolebinding)|"
            r"impersonate", DANGER, "deletes-cloud", GONE),
        (r"(?:^|\s)(?:apply|replace|patch|edit|scale|rollout (?:restart|undo|pause)|set|cordon|uncordon|taint|label|"
            r"annotate|create|run|expose|autoscale|cp|attach|debug|config (?:use-context|delete|set|unset|rename))\b",
            CAUTION, "changes-cloud", "It changes the cluster."),
    )),
    **dict.fromkeys("helm helmfile helm3".split(), table((r"^(?:-\S+ \S+ )*diff\b", "safe", "", ""),
        (r"^(?:-\S+ \S+ )*(?:uninstall|delete|del|un|destroy|"
        r"reset)\b", DANGER, "deletes-cloud", GONE), (r"\b(?:upgrade|rollback|install|apply|sync|repo remove)\b",
        CAUTION, "changes-cloud", "It changes the cluster."))),
    **dict.fromkeys("terraform tofu terragrunt pulumi cdk cdktf sam serverless sls copilot amplify eksctl kops cdk8s "
        "crossplane nomad kustomize skaffold".split(), table(
        (r"^(?:-\S+ )*(?:plan|show|validate|fmt|output|graph|providers|version|preview|diff|synth|ls|list|state "
            r"(?:list|show|pull)|workspace (?:list|show|select))\b", "safe", "", ""),
        (r"(?:^|\s)(?:destroy|-destroy|down|remove|delete|state (?:rm|push|mv|replace-provider)|force-unlock|taint|"
            r"workspace delete|stack rm|run-all destroy|job stop|system gc)\b|apply.*(?:-destroy|-auto-approve)|state "
            r"delete|--yes.*(?:up|down)|job stop", DANGER, "deletes-cloud", GONE),
        (r"(?:^|\s)(?:apply|import|up|deploy|refresh|untaint|rollback|bootstrap|run-all apply|cancel)\b", CAUTION,
            "changes-cloud", "It changes what runs in the cloud."),
    )),
    "aws": table(
        (r"^[\w-]+ (?:get|list|describe|head|batch-get|lookup|filter|search|scan|query)-"
            r"(?!secret-value|authorization-token|login|session-token|federation|password-data|random-password|parameters?\b)[\w-]+(?!.*--with-decryption)",
            SAFE, "", ""),
        (r"\b(?:delete|terminate|remove|purge|deregister|destroy|disable|revoke|detach|empty|cancel|stop|reset|"
            r"release|wipe|schedule-key-deletion|batch-delete)-?\S*|s3 (?:rm|rb)|s3 sync\b.*--delete|s3 mv|"
            r"--force-delete\S*|put-bucket-(?:acl|policy)|--acl[= ]public|lifecycle|put-public-access-block", DANGER,
            "deletes-cloud", GONE),
        (r"iam (?:create|attach|put|add|update)|authorize-security-group|create-access-key|modify-\S*|"
            r"--publicly-accessible|kms|assume-role|lambda add-permission", DANGER, "privilege",
            "It gives or changes rights in the cloud."),
        (r"\b(?:update|put|modify|reboot|run-instances|start|create|restore|failover|set|send|publish|invoke|execute|"
            r"deploy|copy|import|promote|tag|untag|associate|disassociate)-?\S*|s3 (?:cp|sync|mb)\b.*s3://\S+$",
            CAUTION, "changes-cloud", "It changes things in the cloud."),
    ),
    **dict.fromkeys("gcloud az doctl heroku flyctl fly vercel netlify wrangler firebase linode-cli hcloud oci "
        "ibmcloud aliyun tccli scw civo vultr-cli railway supabase render cf dokku eb gsutil_rb b2 ossutil coscmd "
        "qshell upctl openstack nova virsh VBoxManage vboxmanage vagrant multipass lxc incus qm pct limactl prlctl "
        "orb colima minikube kind k3d".split(), table(
        (r"(?:^|\s)(?:\S+[:-])?(?:delete|destroy|remove|rm|purge|terminate|undefine|reset|unregistervm|pg:reset|"
            r"disable|unlink|rb|revoke|wipe|deallocate|force-stop|closemedium|prune|uninstall|drop|shutdown|-rm|"
            r"rollback)\b|--purge|projects?:delete|apps?:destroy|addons:destroy", DANGER, "deletes-cloud", GONE),
        (r"add-iam-policy-binding|set-iam-policy|role assignment create|create-key|keys create|ad sp create|"
        r"--allow-unauthenticated|access:add", DANGER, "privilege", "It gives rights in the cloud."),
        (r"(?:^|\s)(?:\S+[:-])?(?:deploy|create|update|set|stop|restart|start|resize|scale|patch|import|promote|"
        r"migrate|restore|push|add|--prod|publish|suspend|halt|ssh|run|unset|link)\b", CAUTION, "changes-cloud",
        "It changes things in the cloud or in a virtual machine."),
    )),
    **dict.fromkeys("npm pnpm yarn".split(), table(*PACKAGES)),
    "bun": table((r"^-", SAFE, "", ""), *PACKAGES),  # with options first it runs code
    **dict.fromkeys("pip pip3 uv pipx conda mamba poetry pdm gem cargo go composer luarocks cpan cpanm rustup dotnet "
        "nuget twine hatch flit mvn mvnw gradle gradlew bundle".split(), table(
        (r"(?:--(?:extra-)?index-url|-i)[= ]http:|--trusted-host|--find-links[= ]http:", DANGER, "foreign-code",
            "Packages come from an address that is not checked."),
        (r"--index-url|--extra-index-url|-i https?:|--trusted-host|--find-links https?:", CAUTION, "foreign-code",
            "Packages come from another place than usual."),
        (r"(?:install|add|get|run|tool install)\b.*(?:https?://|git\+|git@|github:|ssh://|--git\b)", DANGER,
            "foreign-code", "It runs the install script of code from an address."),
        (r"(?:^|\s)(?:uninstall|remove|env remove|cache purge|yank|unpublish|owner|toolchain uninstall|self uninstall|"
            r"clean --all|-Cw?\b|pip uninstall|nuget delete|delete|autoremove)\b", CAUTION, "removes-package",
            "It removes packages or takes a release back."),
        (r"(?:^|\s)(?:publish|upload|push|deploy|release|nuget push)\b|release:perform", CAUTION, "publishes",
            "What is published cannot be taken back."),
        (r"(?:^|\s)--break-system-packages|^(?:install|sync).*--(?:target|prefix|root)[= ]/|clean -modcache", CAUTION,
            "installs", "It changes programs of the system."),
    )),
    "brew": table((r"^(?:uninstall|remove|rm|autoremove|zap|untap|services (?:stop|kill|restart)|cleanup|unlink|link "
        r"--(?:force|overwrite)|bundle cleanup)\b", CAUTION, "removes-package", "It removes programs."),
        (r"^(?:install|tap|reinstall)\b.*(?:https?://|\.rb\b)", DANGER, "foreign-code",
        "It runs an installer from an address."), (r"^services start", CAUTION, "persistence",
            "It starts by itself from now on.")),
    **dict.fromkeys("make gmake just task rake ninja".split(), table((r"(?:^|\s)(?:-n|--just-print|--dry-run|--recon|"
        r"-q)\b", "safe", "", ""), (r"(?:^|\s)\S*(?:nuke|destroy|purge|drop|wipe|undeploy|teardown|mrproper|distclean|"
        r"uninstall|db[-:_]reset|reset[-_]db|prod\S*deploy|deploy[-_:]?prod\S*)\b", CAUTION, "target",
        "The target's name says that it deletes or deploys."))),
    "ansible": table((r"-m (?:shell|command|raw|script|file|user|reboot|copy|apt|yum|service)", CAUTION, "remote",
        "It changes other machines.")),
    "ansible-playbook": table((r"(?:^|\s)(?:--check|-C|--syntax-check|--list-\S+)(?:\s|$)", "safe", "", ""), ("",
        CAUTION, "remote", "It changes other machines.")),
    **dict.fromkeys("salt fab pssh pdsh dsh clush mussh knife".split(), table(("", CAUTION, "remote",
        "It runs on other machines."))),
    **dict.fromkeys("etcdctl consul vault rabbitmqctl kafka-topics kafka-topics.sh nats rabbitmqadmin memcdump "
        "elasticsearch curator celery gitlab-rake gitlab-ctl occ wp drush".split(), table(
        (r"\b(?:del|delete|rm|purge|destroy|reset|--delete|seal|disable|delete_vhost|force_reset|purge_queue|"
            r"stop_app|leave|revoke|uninstall|drop|cleanse|db (?:reset|drop|clean)|site empty|sql-drop|"
            r"step-down|restore)\b", DANGER, "deletes-cloud", "It deletes data of a service."),
        (r"\b(?:put|write|kv put|--alter|--create|set|update|search-replace|add|login|unwrap)\b", CAUTION,
            "changes-cloud", "It changes data of a service."),
    )),
}  # fmt: skip
