"""Writes box-font.ttf, a font whose every ASCII character is a box, so that tests need no font of the system.

Made with fontTools 4.68.0 by: python box-font.py box-font.ttf
"""

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def box(width, height):
    pen = TTGlyphPen(None)
    pen.moveTo((60, 0))
    pen.lineTo((60, height))
    pen.lineTo((width - 60, height))
    pen.lineTo((width - 60, 0))
    pen.closePath()
    return pen.glyph()


font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder([".notdef", "space", "box"])
font.setupCharacterMap({32: "space", **{code: "box" for code in range(33, 127)}})
font.setupGlyf({".notdef": box(500, 500), "space": TTGlyphPen(None).glyph(), "box": box(600, 700)})
font.setupHorizontalMetrics({".notdef": (500, 60), "space": (300, 0), "box": (600, 60)})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes"})
font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
font.setupPost()
font.font["head"].created = font.font["head"].modified = 0
font.save(sys.argv[1])
