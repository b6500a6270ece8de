"""quanze law: the wording of instruments, their structure, and the maps between their versions."""

from quanze.cli.frame import Program

command = Program(
    "law",
    {"import": "law.import_", "outline": "law.outline", "map": "law.map", "pull": "law.pull"},
    help="""法律文本的命令：收录全文，得出各条有几款几项，起草两个版本的条文对照，从别的登记取来法律的资料。

    退出状态与别的命令相同：0 没有问题，1 有问题或者有差异，2 用法或者环境不对。""",
)
