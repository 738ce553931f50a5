"""What the bot says by itself, without an answer; plain text, Traditional Chinese."""

from __future__ import annotations

from typing import Final

RESTART: Final = "重新開始"
FORGET: Final = "刪除紀錄"
HELP: Final = "使用說明"
# No command of this channel's: the assistant understands it everywhere.
CORRECT: Final = "不對，我要更正"

# What people type for the three commands, in either script.
COMMANDS: Final = {
    "重新開始": RESTART,
    "重新开始": RESTART,
    "重來": RESTART,
    "刪除紀錄": FORGET,
    "刪除記錄": FORGET,
    "删除记录": FORGET,
    "使用說明": HELP,
    "使用说明": HELP,
    "說明": HELP,
}

_ABOUT: Final = (
    "我是自動回答的助理，只依「{title}」的條文回答，每句都附條文出處；指引沒寫的，我會直說沒有。\n"
    "請直接輸入您的問題，例如：「{example}」\n"
    f"輸入「{RESTART}」可以換一個情況重新問，輸入「{FORGET}」會刪除這裡的對話紀錄。請不要傳送身分證字號等個人資料。"
)
WELCOME: Final = "您好！" + _ABOUT
JOINED: Final = "大家好！" + _ABOUT + "\n在群組裡，請先標註（@）我再發問，其他訊息我不會讀取。"
STICKER: Final = "謝謝您的貼圖！有問題請用文字告訴我，例如：「{example}」"
MEDIA: Final = (
    "我只看得懂文字，看不到圖片、影片、檔案，也聽不到語音。請把想問的事打成文字，例如：「{example}」"
)
RESTARTED: Final = "好的，我們重新開始，先前說過的數字和條件都不再列入計算。請輸入您的問題。"
FORGOTTEN: Final = "已經刪除這裡的對話紀錄。您隨時可以再發問。"
TOO_MANY: Final = "您傳得太快了，我先停一下。請過一分鐘再問，這段時間的其他訊息不會回覆。"
UNASKED: Final = "您標註了我，請把問題寫在同一則訊息裡，例如：「{example}」"
BROKEN: Final = "系統發生未預期的錯誤，這個問題沒有辦法回答，請稍後再問一次。若一直發生，請改洽承辦單位。"

TEXT_CUT: Final = "\n（內容較長，後面的部分請分成幾個問題再問。）"
QUOTE_CUT: Final = "…（條文較長，未全部列出）"
SEE_CLAUSE: Final = "看條文全文"
