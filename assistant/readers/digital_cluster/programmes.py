"""How people say that they had coaching or not, and whose: pieces of patterns for folded text."""

from __future__ import annotations

from typing import Final

NO: Final = r"(?:從來都?沒有?|從沒有?|從未|沒有|還沒有?|沒|未曾|並未|尚未|未|不曾|攏無|無|毋捌|(?<!是)不是(?=受過|被|接受|輔導|有|參加)|never|not)(?:任何人|半個人?|[誰人])?"
HAD: Final = (
    r"(?:曾經|曾|已經|已|有|真的|正式|再|人|在|被|have|has|been|were|was|had|got|received|gotten|any|\s)"
)
RECEIVED: Final = r"(?:接受|受|被|join|獲得|獲|結束|完成|參加|參與|上|做|拿|領|經|得到|跑|給|有)(?:過|到|了)?"
OF: Final = (
    r"(?:你們|您們|貴會|貴單位|貴計畫|政府|這個|這項|這種|本|該|中小企業處|中企處|中小及新創企業署|經濟部|數位群聚|數位擴散|群聚|數位|"
    r"任何|相關|專案|計畫|單位|課程|什麼|到|的|之|過|一次|\s)"
)
# Other programmes: their coaching is not 數位群聚 coaching, and of 數位擴散 the text does not say.
OTHER_PROGRAMME: Final = (
    r"(?:sbir|siir|citd|別的?(?:計畫|輔導|單位|案子?|政府|專案)|其他的?(?:計畫|輔導|單位|政府|案子|專案|部會)|另外的計畫|農委會|農業部|農糧署|勞動部|文化部|"
    r"客委會|原民會|縣政府|市政府|縣府|市府|地方政府|工業局|產發署|商業司|商業署|觀光局|觀光署|教育部|青創|地方創生|雲市集|水保局|職訓局?|"
    r"數位擴散|不是數位群聚)"
)
NOT_COACHING: Final = r"(?!單位|費|老師|顧問|團隊|期|案|對象|內容|結束|師|員|機構|經費|金|成果|方式|資源|輔)"
