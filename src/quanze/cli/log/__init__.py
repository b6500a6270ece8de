"""quanze log: the keys of the publication log, what stands in it, and the signatures of its witnesses."""

from quanze.cli.frame import Program

command = Program(
    "log",
    {"key": "log.key", "show": "log.show", "cosign": "log.cosign"},
    help="""公布日志的命令：生成签名的密钥，看公布过什么，作为见证人签名。

    退出状态与别的命令相同：0 没有问题，1 有问题或者有差异，2 用法或者环境不对。""",
)
