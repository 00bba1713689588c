// Texts that are more than text: for whatever writes them into a query, a page, a header, a path, a file or a log.

import { linesOf } from './lines.ts'

const plain = linesOf(String.raw`
'; drop table ledger.entries; --
' or ''='
1 union all select null,null--
$1
\
\'
%
_%
<script>alert(1)</script>
"><img src=x onerror=alert(1)>
javascript:alert(1)
{{7*7}}
#{7*7}
%s%n%x%d
%00
%c0%ae
%ff
%zz
%u0041
%2e%2e%2fpersons
%252e%252e%252f
%0d%0aset-cookie:%20a=b
%ed%a0%80
%00%00%00%00%00%00%00%00%00%00
../../../../etc/passwd
..\..\windows
/dev/zero
C:\
|id
$(id)
__proto__
constructor
toString
hasOwnProperty
null
undefined
NaN
true
-0
-1
0.1
1_000
1e400
0x7f
٣
１２
2147483648
9223372036854775808
2027-02-30
2027-13
0000-01
9999-12
0000-00-00
0001-01-01
9999-12-31
0000-01-01T00:00:00Z
9999-12-31T23:59:60Z
9999-12-31T23:59:59.999999999Z
+275760-09-13T00:00:00.001Z
00000000-0000-0000-0000-000000000000
ffffffff-ffff-ffff-ffff-ffffffffffff
{}
[]
"
*
.
..
/
?
;
,
&a=b
`)

export const hostileTexts: readonly string[] = [
  ...plain,
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '#',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\ufeff',
    '\uffff',
    '\u0007\u001b[31m',
  ],
  ...[
    '\r\nSet-Cookie: a=b',
    '\u202egnp.exe',
    '\u2066\u2069',
    '\u200b\u200d',
    'é'.normalize('NFD').repeat(40),
  ],
  ...['Z\u0338\u034d\u034e', '𝕬'.repeat(30), '9'.repeat(400), 'a'.repeat(199), 'a'.repeat(20_000)],
]
