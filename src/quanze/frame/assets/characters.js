/**
 * Characters that people mix up, of one sound or of one look; and words written by their sounds alone.
 * Loaded when nothing fits a query. Sounds that much of the country does not tell apart count as one.
 */
import { sounds } from "./sounds.js";

export { spelt } from "./pinyin.js";

const ALIKE = `
未末 己已巳 土士 刀力 治冶 拨拔 侯候 析折 入人八 夭天 干千于 日曰目 晴睛 戊戌戍戎 徒徙 洒酒 免兔 贷货 壮状 辩辨辫 厂广 暴爆瀑 培陪倍赔 炸诈榨 险检捡俭验 察擦 堤提 祥样 圆园
员损 查杏 待侍持 密蜜 低底抵 板版扳 拆折 操燥澡躁 燃然 烧浇绕 竹竺 仓仑 库车 证征 汽气 煤媒 矿旷 焊捍悍 监蓝 警擎 备各 罚罗 处外 许评 可司 未来 业亚 产严 令今 设没 施拖
管菅 危厄 品晶 化比 学字 剂刑 苯笨 氢氧氯氮 氨胺 硝销消 雷需 电申由甲田 工エ 木本 大太犬 王玉 白自 间问闻 冰水 夫失 牛午 乌鸟 折拆 哨悄 幕墓募 帐账 脏赃 梁粱 茶荼 祟崇
肓盲 亨享 汩汨 灸炙 赢羸 候侯 复夏 拔拨 摘滴 稍梢 措错 厉历 副福`;

let look = null;
let blurred = null;

/** For each character, those that look like it. */
function alike() {
  if (look) return look;
  look = new Map();
  for (const group of ALIKE.trim().split(/\s/u)) {
    for (const char of group) look.set(char, (look.get(char) ?? "") + group);
  }
  return look;
}

/** How each character sounds to those who do not tell zh from z and ang from an. */
function heard() {
  blurred ??= new Map(Array.from(sounds(), ([char, [sound]]) => [char, sound.replace(/^([zcs])h/u, "$1").replace(/ng$/u, "n")]));
  return blurred;
}

/** Whether one character may have been written for the other. */
export function confused(a, b) {
  if (a === b) return true;
  const sound = heard().get(a);
  return (sound !== undefined && sound === heard().get(b)) || Boolean(alike().get(a)?.includes(b));
}
