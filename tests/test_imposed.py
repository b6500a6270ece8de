"""What the notice box reads of a paper beside its citations: the fines that it imposes, and when it was received."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from tests.project import ROOT

FINES = {
    "决定处罚款人民币叁万元整（¥30,000.00）": ["30000"],
    "处以贰万圆整的罚款": ["20000"],
    "罚款二千元": ["2000"],
    "处壹拾贰万伍仟元罚款": ["125000"],
    "罚款3万6千元": ["36000"],
    "给予 3.5 万元罚款": ["35000"],
    "给予人民币伍仟元的行政处罚": ["5000"],
    "罚款５０００元": ["5000"],
    "决定：罚款¥5OOOO元": ["50000"],
    "处罚款l0万元": ["100000"],
    "罚款 2 0000 元": ["20000"],
    "罚款5A元": [],
    "处 以 人 民 币 捌 万 元 罚 款": ["80000"],
    "处罚款\n20000 元": ["20000"],
    "拟分别给予2万元、1.5万元罚款，合并罚款3.5万元": ["20000", "15000", "35000+"],
    "对单位处6万元罚款，对李某处2万元罚款，共计罚款8万元": ["60000", "20000", "80000+"],
    "合计罚款人民币五万元": ["50000"],
    "对两名责任人每人罚款五百元": ["每人500"],
    "没收违法所得3200元，并处壹万元罚款": ["10000"],
    "处上一年年收入（96000元）百分之四十的罚款": [],
    "违法所得12万元，并处违法所得三倍的罚款计36万元": [],
    "可以处二万元以上十万元以下的罚款": [],
    "货值金额80000元，处货值三倍的罚款": [],
    "分别给予罚款2.5万元、1.2万元、0.9万元，合并处罚款4.6万元": ["25000", "12000", "9000", "46000+"],
    "没收违法所得23万元，并处违法所得3倍的罚款69万元": [],
    "处上一年年收入80%的罚款（64,000元）": [],
    "没收现金2000元并处罚款1万元": ["10000"],
    "受到罚款3万元的处罚后拒不改正，共10日，计罚款30万元": ["300000"],
    "罚款4万元，逾期每日加处3％的罚款（每日1200元）": ["40000"],
    "到期未缴纳罚款5万元，现加处罚款1.5万元": [],
    "应急罚〔2026〕17号，从业人员132人，储存20箱": [],
    "2026年9月3日检查，期限30日": [],
}

ADDRESSEES = {
    "对单位处15万元罚款，对直接负责的主管人员赵某处2万元罚款": ["150000 unit", "20000 person"],
    "处7万元罚款，其直接负责的主管人员和其他直接责任人员各处一万元罚款": ["70000", "10000 person"],
    "你公司未配备安全生产管理人员，处罚款3万元": ["30000 unit"],
    "被处罚人：张某。未履行职责，罚款1.5万元": ["15000 person"],
    "未对从业人员进行培训，罚款4万元": ["40000"],
    "对该厂罚款5000元，对该厂厂长李某罚款5000元": ["5000 unit", "5000 person"],
}

SHARES = {
    "处上一年年收入百分之四十的罚款": ["收入 40%"],
    "对主要负责人处上一年年收入８０％的罚款": ["收入 80%"],
    "并处违法所得三倍的罚款": ["违法所得 3倍"],
    "并处违法所得 2.5 倍罚款": ["违法所得 2.5倍"],
    "每日按罚款数额的百分之三加处罚款": [],
    "处违法所得二倍以上五倍以下的罚款": [],
    "整改率达到百分之九十": [],
}

RECEIPTS = {
    "收到日期：2026年11月9日": "2026-11-09",
    "本决定书于2026年10月12日送达。": "2026-10-12",
    "送达日期 2026.1.5": "2026-01-05",
    "当事人于二〇二六年十一月九日签收": "2026-11-09",
    "收到日期：2026年13月40日": "",
    "自收到本决定书之日起十五日内缴纳": "",
    "2026年9月3日检查发现": "",
}


@pytest.fixture(name="read", scope="module")
def _read(tmp_path_factory):
    assets = tmp_path_factory.mktemp("imposed")
    shutil.copytree(ROOT / "src/quanze/frame/assets", assets, dirs_exist_ok=True)
    (assets / "package.json").write_text('{"type":"module"}')
    texts = [*FINES, *ADDRESSEES, *SHARES, *RECEIPTS]
    run = subprocess.run(
        ["node", ROOT / "tests/imposed.mjs", assets],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(texts, json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("text", FINES)
def test_the_fines_of_a_paper(read, text):
    assert read[text][0] == FINES[text]


@pytest.mark.parametrize("text", ADDRESSEES)
def test_for_whom_the_fines_of_a_paper_are(read, text):
    assert read[text][3] == ADDRESSEES[text]


@pytest.mark.parametrize("text", SHARES)
def test_the_shares_of_a_paper(read, text):
    assert read[text][1] == SHARES[text]


@pytest.mark.parametrize("text", RECEIPTS)
def test_the_day_on_which_a_paper_was_received(read, text):
    assert read[text][2] == RECEIPTS[text]
