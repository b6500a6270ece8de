"""The commands: what a clerk or an auditor types; everything that prints or exits is in here."""

from quanze.cli.frame import Program

main = Program(
    "quanze",
    {
        "init": "init",
        "upgrade": "upgrade",
        "build": "build",
        "serve": "serve",
        "check": "check",
        "new": "new",
        "adopt": "adopt",
        "import": "import_",
        "inbox": "inbox",
        "export": "export",
        "reconcile": "reconcile",
        "diff": "diff",
        "report": "report",
        "history": "history",
        "impact": "impact",
        "cite": "cite",
        "law": "law",
        "log": "log",
        "audit": "audit",
        "verify": "verify",
        "portal": "portal",
        "previous": "previous",
        "seal": "seal",
    },
    help="""权责清单的命令：建立清单，生成网站，检查、新建、导入、导出，比较版本，查一条法律牵动什么，审计和核对。

    退出状态：0 没有问题，1 有问题或者有差异，2 用法或者环境不对。每个命令都可以加 --help 看说明。""",
)
"""Name of each command → its module in this package, which is loaded when the command is asked for."""

__all__ = ["main"]
