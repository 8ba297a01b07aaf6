/* The DocBook reader: what each element yields, where each run stands, and how it fails. */
#include "base/buf.h"

#include "read/block.h"
#include "blocks.h"
#include "unit.h"

#include <stdio.h>

/* One document, and what was read from it. */
struct reading {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_blocks blocks;
    struct gb_buf dump, faults;
};

/* Files that a document may include, by name. */
static const struct {
    const char *name, *text;
} files[] = {
    {"part.xml", "<section><title>内</title><para>甲</para></section>"},
    {"self.xml",
     "<section><title>环</title><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='self.xml'/></section>"},
    {"broken.xml", "<section><title>残</title><para>乙</section>"},
};

static bool
open_file(void *data, struct gb_source *source, const char *from, struct gb_str href, uint32_t *out_file,
          struct gb_error *why)
{
    (void)data;
    (void)from;
    for (size_t i = 0; i < GB_COUNT(files); i++) {
        if (gb_str_is(href, files[i].name)) {
            gb_source_add(source, files[i].name, gb_arena_copy(source->arena, gb_str_from(files[i].text)));
            *out_file = source->n_files - 1;
            return true;
        }
    }
    gb_error_set(why, NULL, 0, 0, "%s", "文件不存在");
    return false;
}

/* The dump without the spans of blocks. */
static void
dump(const struct gb_blocks *blocks, struct gb_buf *out)
{
    struct gb_buf whole = {0};
    struct gb_str line;

    blocks_dump(blocks, &whole);
    struct gb_str rest = gb_buf_str(&whole);
    gb_str_next_line(&rest, &line); /* ROOT */
    while (gb_str_next_line(&rest, &line)) {
        size_t name = 0, digits;
        while (name < line.len && line.ptr[name] == ' ')
            name++;
        bool is_cell = gb_str_starts(gb_str_skip(line, name), GB_STR("cell"));
        while (name < line.len && line.ptr[name] != ' ')
            name++;
        digits = name + 1;
        while (!is_cell && digits < line.len && line.ptr[digits] != ' ')
            digits++;
        gb_buf_add(out, gb_str_sub(line, 2, name));
        gb_buf_add(out, gb_str_skip(line, is_cell ? name : digits));
        gb_buf_add_char(out, '\n');
    }
    gb_buf_release(&whole);
}

/* Every run stands where it says, in order, inside its file. */
static void
check_text(const struct gb_source *source, const struct gb_text *text)
{
    uint32_t end_of_source =
        source->files[source->n_files - 1].base + (uint32_t)source->files[source->n_files - 1].text.len;

    if (text->off)
        return; /* a slice: its runs are checked with the whole */
    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        uint32_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : run->at + (uint32_t)(text->str.len - run->at);
        assert_true(run->src.begin <= run->src.end && run->src.end <= end_of_source);
        assert_true(run->at <= end);
        if (!(run->flags & GB_RUN_EXACT) || end > text->str.len)
            continue;
        struct gb_str got = gb_source_text(source, run->src), want = gb_str_sub(text->str, run->at, end);
        if (!gb_str_eq(got, want) && i + 1 < text->n_runs)
            fail_msg("run “%.*s” stands at “%.*s”", GB_FMT(want), GB_FMT(got));
    }
}

static const struct gb_block *
next_block(const struct gb_block *block)
{
    if (block->first)
        return block->first;
    while (block && !block->next)
        block = block->parent;
    return block ? block->next : NULL;
}

static void
check_places(const struct reading *reading)
{
    for (const struct gb_block *block = reading->blocks.root; block; block = next_block(block)) {
        assert_true(block->span.begin <= block->span.end);
        check_text(&reading->source, &block->text);
        check_text(&reading->source, &block->en);
        check_text(&reading->source, &block->label);
        check_text(&reading->source, &block->info);
        for (uint32_t i = 0; block->kind == GB_BLOCK_TABLE && block->table && i < block->table->n_cells; i++)
            check_text(&reading->source, &block->table->cells[i].text);
    }
}

static void
read_text(struct reading *reading, struct gb_str text)
{
    static const struct gb_includer includer = {open_file, NULL};

    *reading = (struct reading){0};
    gb_source_init(&reading->source, &reading->arena);
    gb_source_add(&reading->source, "test.xml", gb_arena_copy(&reading->arena, text));
    gb_blocks_init(&reading->blocks, &reading->source);
    gb_read_docbook(&reading->blocks, 0, &includer);
    check_places(reading);
    dump(&reading->blocks, &reading->dump);
    for (size_t i = 0; i < reading->blocks.faults.len; i++) {
        static const char *const names[] = {"malformed", "id", "limit", "unreadable"};
        const struct gb_fault *fault = &reading->blocks.faults.items[i];
        assert_true(fault->span.begin <= fault->span.end);
        assert_true(fault->zh.len > 0 && fault->en.len > 0);
        gb_buf_printf(&reading->faults, "%s%s “%.*s” %.*s\n", names[fault->kind], fault->is_whole ? " end" : "",
                      GB_FMT(gb_source_text(&reading->source, fault->span)), GB_FMT(fault->zh));
    }
}

static void
release(struct reading *reading)
{
    gb_buf_release(&reading->dump);
    gb_buf_release(&reading->faults);
    gb_blocks_release(&reading->blocks);
    gb_arena_release(&reading->arena);
}

static void
compare(const char *xml, const char *what, struct gb_str got, const char *want)
{
    if (!gb_str_is(got, want))
        fail_msg("%s\n--- %s expected\n%s--- got\n%.*s", xml, what, want, GB_FMT(got));
}

/* xml stands in <article>…</article>. */
struct row {
    const char *xml, *blocks;
};

static void
check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct gb_buf xml = {0};
        struct reading reading;
        gb_buf_printf(&xml, "<article>%s</article>", rows[i].xml);
        read_text(&reading, gb_buf_str(&xml));
        compare(rows[i].xml, "blocks", gb_buf_str(&reading.dump), rows[i].blocks);
        compare(rows[i].xml, "faults", gb_buf_str(&reading.faults), "");
        release(&reading);
        gb_buf_release(&xml);
    }
}

TEST(reads_white_space)
{
    static const struct row rows[] = {
        {"<para> 甲 乙 </para>", "PARA \"甲 乙\"\n"},
        {"<para>\n  甲，\n  乙。\n</para>", "PARA \"甲，\\n乙。\"\n"},
        {"<para>甲  \t乙</para>", "PARA \"甲 乙\"\n"},
        {"<para>甲 <emphasis> 乙</emphasis>丙</para>", "PARA \"甲 乙丙\"\n"},
        {"<para>甲\r\n乙</para>", "PARA \"甲\\n乙\"\n"},
        {"<para>甲<?asciidoc-br?>\n乙</para>", "PARA \"甲\\n乙\"\n"},
        {"<para>　甲&#160;乙</para>", "PARA \"　甲\xC2\xA0乙\"\n"},
        {"<para/><para> </para>", ""},
        {"<literallayout>甲  一\n乙</literallayout>", "PARA \"甲 一\\n乙\"\n"},
        {"<literallayout class='monospaced'>a  b\n c</literallayout>", "CODE \"a  b\\n c\"\n"},
        {"<programlisting language='dot'>\n a\n\n b\n</programlisting>", "CODE info=\"dot\" \" a\\n\\n b\"\n"},
        {"<screen>a\r\nb &lt; c</screen>", "CODE \"a\\nb < c\"\n"},
        {"loose<para>甲</para>", "PARA \"loose\"\nPARA \"甲\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_inline_elements)
{
    static const struct row rows[] = {
        {"<para>a&lt;b &mdash; c&#x4E00;<![CDATA[<d>&]]></para>", "PARA \"a<b — c一<d>&\"\n"},
        {"<para>称<quote>甲<quote>乙</quote></quote></para>", "PARA \"称“甲‘乙’”\"\n"},
        {"<para>见<citation>3</citation></para>", "PARA \"见[3]\"\n"},
        {"<para>H<subscript>2</subscript>O，<literal>x</literal><unknown>y</unknown></para>", "PARA \"H2O，xy\"\n"},
        {"<para>见<ulink url='http://a.b/'/>和<ulink url='u'>文</ulink></para>", "PARA \"见http://a.b/和文\"\n"},
        {"<para>甲<footnote><para>注。</para></footnote>乙</para>",
         "PARA \"甲乙\"\nFOOTNOTE label=\"1\"\n  PARA \"注。\"\n"},
        {"<para>甲<indexterm><primary>乙</primary></indexterm></para>", "PARA \"甲\"\n"},
        {"<para>按<inlineequation><alt>x^2</alt><mathphrase>x2</mathphrase></inlineequation>算</para>",
         "PARA \"按x2算\"\n"},
        {"<para>选<simplelist type='inline'><member>甲</member><member>乙</member></simplelist>。</para>",
         "PARA \"选甲、乙。\"\n"},
        {"<para>甲<!-- 乙 -->丙</para><!--丁-->", "PARA \"甲丙\"\nCOMMENT \" 乙 \"\nCOMMENT \"丁\"\n"},
        {"<para>甲<remark>疑</remark></para>", "PARA \"甲\"\nCOMMENT \"疑\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_sections)
{
    static const struct row rows[] = {
        {"<section><title>范围</title><section><title/><para>甲</para></section></section><section><title>检查</title></section>",
         "HEADING level 1 label=\"1\" \"范围\"\nHEADING level 2 label=\"1.1\" \"\"\nPARA \"甲\"\n"
         "HEADING level 1 label=\"2\" \"检查\"\n"},
        {"<sect1 label='4'><title>甲</title><sect2><title>乙</title></sect2></sect1>",
         "HEADING level 1 label=\"4\" \"甲\"\nHEADING level 2 \"乙\"\n"},
        {"<section><title>1 甲</title></section><section><title>乙</title></section>",
         "HEADING level 1 \"1 甲\"\nHEADING level 1 \"乙\"\n"},
        {"<section><title>5G网络</title></section>", "HEADING level 1 label=\"1\" \"5G网络\"\n"},
        {"<preface><para>甲</para></preface><chapter><info><title>范围</title></info></chapter>",
         "HEADING level 1 \"前言\"\nPARA \"甲\"\nHEADING level 1 label=\"1\" \"范围\"\n"},
        {"<appendix role='normative'><title>甲</title><section><title>乙</title></section></appendix><appendix><title>丙</title></appendix>",
         "HEADING level 1 label=\"A\" \"甲\"\nHEADING level 2 label=\"A.1\" \"乙\"\nHEADING level 1 label=\"B\" \"丙\"\n"},
        {"<section><title>附录C（资料性）甲</title><section><title>乙</title></section></section>",
         "HEADING level 1 \"附录C（资料性）甲\"\nHEADING level 2 label=\"C.1\" \"乙\"\n"},
        {"<section><title>术语和定义</title><section><title>甲<foreignphrase>one</foreignphrase></title></section></section>",
         "HEADING level 1 label=\"1\" \"术语和定义\"\nHEADING level 2 label=\"1.1\" en=\"one\" \"甲\"\n"},
        {"<glossary><glossentry><glossterm>甲</glossterm><acronym>J</acronym><glossdef><para>乙</para></glossdef></glossentry>"
         "<glossentry><glossterm>丙</glossterm><glosssee>甲</glosssee></glossentry></glossary>",
         "HEADING level 1 label=\"1\" \"术语和定义\"\nTERM label=\"1.1\" \"甲\"\n  DESIGNATION info=\"abbreviation\" \"J\"\n"
         "  PARA \"乙\"\nTERM label=\"1.2\" \"丙\"\n  PARA \"见甲\"\n"},
        {"<bibliography><bibliodiv><bibliomixed>[1] GB/T 1</bibliomixed></bibliodiv></bibliography><index/>",
         "HEADING level 1 \"参考文献\"\nREF \"[1] GB/T 1\"\nHEADING level 1 \"索引\"\n"},
        {"<toc/><toc><title>目次</title><tocentry>1 范围</tocentry></toc>",
         "TOC\nHEADING level 1 \"目次\"\nPARA \"1 范围\"\n"},
        {"<info><title>甲</title><subtitle>one</subtitle><biblioid>GB/T 1—2020</biblioid><biblioid>978-7</biblioid>"
         "<bibliomisc role='patent-call'>请</bibliomisc><author>某</author></info>",
         "META info=\"title\" \"甲\"\nMETA info=\"en\" \"one\"\nMETA info=\"code\" \"GB/T 1—2020\"\n"
         "META info=\"patent_call\" \"请\"\n"},
        {"<title>甲</title><subtitle>乙</subtitle>", "META info=\"title\" \"甲 乙\"\nMETA info=\"title\" \"乙\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_blocks)
{
    static const struct row rows[] = {
        {"<para>甲：<itemizedlist><listitem><para>乙</para></listitem></itemizedlist>丙</para>",
         "PARA \"甲：\"\nLIST level 1 numeration=\"bullet\"\n  ITEM label=\"——\"\n    PARA \"乙\"\nPARA \"丙\"\n"},
        {"<orderedlist numeration='upperroman' startingnumber='4'><listitem>甲</listitem></orderedlist>"
         "<orderedlist numeration='loweralpha' continuation='continues'><listitem>乙</listitem></orderedlist>",
         "LIST level 1 numeration=\"upperroman\"\n  ITEM label=\"IV)\"\n    PARA \"甲\"\n"
         "LIST level 1 numeration=\"loweralpha\"\n  ITEM label=\"e)\"\n    PARA \"乙\"\n"},
        {"<variablelist><varlistentry><term>OPAC</term><listitem><para>\n目录\n</para><para>丙</para></listitem></varlistentry></variablelist>",
         "PARA \"OPAC：目录\"\nPARA \"丙\"\n"},
        {"<para>式中：</para><variablelist><varlistentry><term>V</term><listitem><para>体积；</para></listitem></varlistentry>"
         "<varlistentry><term>h——</term><listitem><para>高。</para></listitem></varlistentry></variablelist>",
         "PARA \"式中：\"\nPARA \"V——体积；\"\nPARA \"h——高。\"\n"},
        {"<note><title>注1</title><para>甲</para></note><warning><para>乙</para></warning>",
         "NOTE label=\"1\" info=\"注1\"\n  PARA \"甲\"\nNOTE info=\"警告\"\n  PARA \"乙\"\n"},
        {"<example><title>借书</title><para>甲</para></example>", "EXAMPLE\n  PARA \"借书\"\n  PARA \"甲\"\n"},
        {"<formalpara><title>注：</title><para>甲</para></formalpara>", "PARA \"注：甲\"\n"},
        {"<blockquote><para>甲</para></blockquote>", "QUOTE\n  PARA \"甲\"\n"},
        {"<figure><title>甲</title><mediaobject><imageobject><imagedata fileref='a&#46;svg'/></imageobject><imageobject>"
         "<imagedata fileref='a.png'/></imageobject><textobject><phrase>乙</phrase></textobject></mediaobject></figure>",
         "FIGURE label=\"1\" \"甲\"\n  IMAGE info=\"a.svg\" \"乙\"\n"},
        {"<para><inlinemediaobject><imageobject><imagedata fileref='b.png'/></imageobject></inlinemediaobject> 图1 甲</para>",
         "IMAGE info=\"b.png\"\nPARA \"图1 甲\"\n"},
        {"<para>按<inlinemediaobject><imageobject><imagedata fileref='b.png'/></imageobject></inlinemediaobject>键。</para>",
         "PARA \"按键。\"\n"},
        {"<mediaobject><imageobject><imagedata><s:svg xmlns:s='http://www.w3.org/2000/svg'><s:text>甲</s:text></s:svg></imagedata></imageobject></mediaobject>",
         "CODE info=\"svg\" \"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:text>甲</s:text></s:svg>\"\n"},
        {"<equation label='3'><alt>x^2</alt><mathphrase>x²</mathphrase></equation>", "FORMULA label=\"3\" \"x²\"\n"},
        {"<informalequation><m:math xmlns:m='http://www.w3.org/1998/Math/MathML'>\n <m:mi>a</m:mi>\n <m:mo>=</m:mo><m:mn>1</m:mn></m:math></informalequation>",
         "FORMULA \"a=1\"\n"},
        {"<simpara><?asciidoc-pagebreak?></simpara><beginpage/>", "PAGE\nPAGE\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_tables)
{
    static const struct row rows[] = {
        {"<table><title>甲</title><tgroup cols='3'><colspec colname='a'/><colspec colname='b'/><colspec colname='c'/>"
         "<spanspec spanname='bc' namest='b' nameend='c'/><thead><row><entry morerows='1'>1</entry><entry spanname='bc'>2</entry></row>"
         "<row><entry>3</entry><entry>4</entry></row></thead><tbody><row><entry namest='a' nameend='b'>5</entry><entry/></row></tbody></tgroup></table>",
         "TABLE label=\"1\" \"甲\"\n  cell 0,0 2x1 head \"1\"\n  cell 0,1 1x2 head \"2\"\n  cell 1,1 head \"3\"\n"
         "  cell 1,2 head \"4\"\n  cell 2,0 1x2 \"5\"\n  cell 2,2 \"\"\n"},
        {"<table><caption>甲</caption><tr><th>1</th><td rowspan='9'>2</td></tr><tr><td>3</td></tr></table>",
         "TABLE label=\"1\" \"甲\"\n  cell 0,0 head \"1\"\n  cell 0,1 2x1 \"2\"\n  cell 1,0 \"3\"\n"},
        {"<informaltable><tr><td><para>1</para><para>2</para><itemizedlist><listitem><para>3</para></listitem></itemizedlist></td></tr></informaltable>",
         "TABLE\n  cell 0,0 \"1\\n2\\n3\"\n"},
        {"<informaltable><tr><td>1<footnote><para>甲</para></footnote></td></tr></informaltable>",
         "TABLE\n  cell 0,0 \"1\"\nFOOTNOTE label=\"1\"\n  PARA \"甲\"\n"},
        {"<informaltable><tgroup cols='1'><tfoot><row><entry>3</entry></row></tfoot><tbody><row><entry>1<!-- 甲 --></entry></row>"
         "<row><entry>2<informalequation><mathphrase>x</mathphrase></informalequation></entry></row></tbody></tgroup></informaltable>",
         "TABLE\n  cell 0,0 \"1\"\n  cell 1,0 \"2\\nx\"\n  cell 2,0 \"3\"\nCOMMENT \" 甲 \"\n"},
        {"<informaltable><tr><td>1<table><tr><td>2</td><td>3</td></tr></table></td></tr></informaltable>",
         "TABLE\n  cell 0,0 \"1\\n2\\n3\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(puts_words_for_references)
{
    static const struct row rows[] = {
        {"<section id='s'><title>甲</title><para>见<xref linkend='t'/>、<xref linkend='s'/>、<xref linkend='a'/>。</para>"
         "<table id='t'><title>乙</title></table></section><appendix id='a'><title>丙</title></appendix>",
         "HEADING level 1 label=\"1\" \"甲\"\nPARA \"见表1、1、附录A。\"\nTABLE label=\"1\" \"乙\"\nHEADING level 1 label=\"A\" \"丙\"\n"},
        {"<section xml:id='s'><title>5.2 甲</title></section><para>见<link linkend='s'/>和<xref linkend='none'/>。</para>",
         "HEADING level 1 \"5.2 甲\"\nPARA \"见5.2和。\"\n"},
        {"<equation id='e'><mathphrase>x</mathphrase></equation><para><xref linkend='e'/>，<xref linkend='b'/></para>"
         "<bibliomixed id='b' xreflabel='[9]'>甲</bibliomixed>",
         "FORMULA label=\"1\" \"x\"\nPARA \"公式（1），[9]\"\nREF \"甲\"\n"},
        {"<informaltable><tr><td>见<xref linkend='i'/></td></tr></informaltable><orderedlist numeration='loweralpha'><listitem id='i'><para>甲</para></listitem></orderedlist>",
         "TABLE\n  cell 0,0 \"见a)\"\nLIST level 1 numeration=\"loweralpha\"\n  ITEM label=\"a)\"\n    PARA \"甲\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

/* Whole documents, with what is read before the fault. */
TEST(says_what_is_wrong)
{
    static const struct {
        const char *xml, *blocks, *faults;
    } rows[] = {
        {"<article><para>受理</section></article>", "PARA \"受理\"\n",
         "malformed end “</section>” 第1行的<para>还没有结束就遇到“</section>”：在它之前补上</para>，或改正其中一个标签\n"},
        {"<article>\n<para>甲", "PARA \"甲\"\n",
         "malformed end “” 文件到此结束，第2行的<para>还没有结束：补上</para>，或检查文件是否完整\n"},
        {"<article><para>R&D</para></article>", "PARA \"R\"\n",
         "malformed end “&D” “&D”缺分号：实体要写成&名称;，文字中的&要写成&amp;\n"},
        {"<article><para>a < b</para></article>", "PARA \"a\"\n",
         "malformed end “<” “<”不是标签也不是实体：文字中的&要写成&amp;，<要写成&lt;\n"},
        {"<article><para role=x>甲</para></article>", "",
         "malformed end “<para role=” “<para role=”中属性值没有用引号括起：写成 名称=\"值\"\n"},
        {"<article><para role='x'id='y'>甲</para></article>", "",
         "malformed end “<para role='x'” “<para role='x'”中两个属性之间缺空格\n"},
        {"<article><para role>甲</para></article>", "",
         "malformed end “<para role” “<para role”中的属性没有值：写成 名称=\"值\"\n"},
        {"<article><para role='x' role='y'/></article>", "",
         "malformed end “role” “role”中同一属性写了两次：删去一个\n"},
        {"<article><para role='<'/></article>", "",
         "malformed end “<para role='” “<para role='”中属性值没有结束，或含有<：补上引号，或把<写成&lt;\n"},
        {"<article><para role='a&b'/></article>", "",
         "malformed end “<para role='a&b” “<para role='a&b”缺分号：实体要写成&名称;，文字中的&要写成&amp;\n"},
        {"<article><para/><para", "", "malformed end “<para” 标签“<para”没有以>结束\n"},
        {"<article><para>甲]]>乙</para></article>", "PARA \"甲]]\"\n",
         "malformed end “]]” 文字中不能有“]]>”：写成]]&gt;\n"},
        {"<article><para>甲&#0;乙</para></article>", "PARA \"甲\"\n",
         "malformed end “&#0;” 字符引用“&#0;”写错，或不代表可用的字符：写成&#19968;或&#x4E00;\n"},
        {"<article><!-- a -- b --></article>", "",
         "malformed end “<!-- a --” 注释里不能有“--”：改用破折号或一个连字符\n"},
        {"<article><!-- a", "", "malformed end “<!-- a” 注释没有以-->结束\n"},
        {"<article><?a", "", "malformed end “<?a” 处理指令没有以?>结束\n"},
        {"<article><para><![CDATA[甲", "", "malformed end “<![CDATA[甲” CDATA没有以]]>结束\n"},
        {"<!DOCTYPE article [<!ENTITY a>]><article/>", "",
         "malformed end “<!DOCTYPE article [<!ENTITY a” DOCTYPE声明“<!DOCTYPE article [<!ENTITY a”写错，或没有以>结束\n"},
        {"只有文字", "", "malformed end “只” 文件不是以元素开头的XML：“只”\n"},
        {"<article xlink:href='a'><para xml:id='b' xmlns:l='u' l:href='c'/></article>", "",
         "malformed “xlink:href” “xlink:href”的命名空间前缀没有声明：在根元素上补xmlns:前缀\n"},
        {"<!DOCTYPE article SYSTEM 'x.dtd' [<!ENTITY % more SYSTEM 'more.ent'> %more; <!ENTITY a '某站'>]><article><para>&a;&b;</para></article>",
         "PARA \"某站\"\n", "malformed “&b;” 实体“&b;”没有定义：改成字符本身，或在DOCTYPE里定义\n"},
        {"<?xml version='1.0' standalone='yes'?><article><para>甲</para><para role='&b;'/></article>", "PARA \"甲\"\n",
         "malformed end “&b;” 实体“&b;”没有定义，而XML声明说standalone=\"yes\"：改成字符本身，或删去standalone\n"},
        {"<!DOCTYPE article [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><article role='&a;'/>", "",
         "malformed end “&a;” 实体“&a;”包含了自己：改正它的定义\n"},
        {"<article/><para/>", "", "malformed end “<” 根元素结束之后还有内容“<”：把它移到根元素之内，或删去\n"},
        {"", "", "malformed end “” 文件不是以元素开头的XML：“”\n"},
        {"<article><para>甲&nope;乙&nope;</para></article>", "PARA \"甲乙\"\n",
         "malformed “&nope;” 实体“&nope;”没有定义：改成字符本身，或在DOCTYPE里定义\n"},
        {"<article><db:para>甲</db:para></article>", "PARA \"甲\"\n",
         "malformed “<db:para” “<db:para”的命名空间前缀没有声明：在根元素上补xmlns:前缀\n"},
        {"\n<?xml version='1.0'?><article><para>甲</para></article>", "PARA \"甲\"\n",
         "malformed “<?xml” “<?xml …?>”只能在文件开头：删去，或移到第一行第一列\n"},
        {"<article><para id='a'/><para id='a'/><para xml:id='1'/><para id=''/></article>", "",
         "id “a” id“a”用了两次：改掉一个\n"},
        /* As a conversion makes them of titles. */
        {"<article><para xml:id='1-甲'/><para xml:id='b'/><para xml:id='2-乙'/></article>", "", ""},
        {"<article><para>甲\x0C乙</para></article>", "PARA \"甲\x0C乙\"\n",
         "malformed “\x0C” 有XML不允许的控制字符：删去\n"},
        {"<!DOCTYPE article [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><article><para>甲&a;</para></article>",
         "PARA \"甲\"\n", "unreadable “&a;” 实体“&a;”在另一个文件里，不读取：改用xi:include\n"},
        {"<!DOCTYPE article [<!ENTITY a '甲&b;<emphasis>丙</emphasis>'><!ENTITY b '&#38;mdash;'>]><article><para>&a;</para></article>",
         "PARA \"甲—丙\"\n", ""},
        {"<!DOCTYPE article [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><article><para>甲&a;</para></article>",
         "PARA \"甲\"\n", "limit “&a;” 实体展开后过长（上限1 MB、8层）：从这里起实体不再展开\n"},
        {"<?xml version='1.0' encoding='GBK'?><article><para>甲</para></article>", "PARA \"甲\"\n", ""},
        {"<article><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='part.xml'/><para>乙</para></article>",
         "HEADING level 1 label=\"1\" \"内\"\nPARA \"甲\"\nPARA \"乙\"\n", ""},
        {"<article><section><title>外</title><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='self.xml'/></section></article>",
         "HEADING level 1 label=\"1\" \"外\"\nHEADING level 2 label=\"1.1\" \"环\"\n",
         "malformed “self.xml” 文件经过一次或几次包含又包含了自己：删去这个包含\n"},
        {"<article><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='broken.xml'/><para>后</para></article>",
         "HEADING level 1 label=\"1\" \"残\"\nPARA \"乙\"\nPARA \"后\"\n",
         "malformed end “</section>” 第1行的<para>还没有结束就遇到“</section>”：在它之前补上</para>，或改正其中一个标签\n"},
        {"<article><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='no.xml'><xi:fallback><para>代</para></xi:fallback>"
         "</xi:include><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='part.xml' parse='text'/></article>",
         "PARA \"代\"\n",
         "unreadable “no.xml” 包含的文件“no.xml”没有读取：文件不存在\n"
         "unreadable “part.xml” parse=\"text\"的包含不读取：没有检查\n"},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct reading reading;
        read_text(&reading, gb_str_from(rows[i].xml));
        compare(rows[i].xml, "blocks", gb_buf_str(&reading.dump), rows[i].blocks);
        compare(rows[i].xml, "faults", gb_buf_str(&reading.faults), rows[i].faults);
        release(&reading);
    }
}

/* `n` copies of a text between two others. */
static struct gb_buf
repeat(const char *before, const char *text, unsigned n, const char *behind)
{
    struct gb_buf buf = {0};

    gb_buf_puts(&buf, before);
    while (n-- > 0)
        gb_buf_puts(&buf, text);
    gb_buf_puts(&buf, behind);
    return buf;
}

/* Ten references in each of ten entities, used at last in `tail`. */
static struct gb_buf
laughs(const char *tail)
{
    struct gb_buf buf = {0};

    gb_buf_puts(&buf, "<!DOCTYPE article [<!ENTITY a0 '哈'>");
    for (unsigned i = 1; i < 10; i++) {
        gb_buf_printf(&buf, "<!ENTITY a%u '", i);
        for (unsigned k = 0; k < 10; k++)
            gb_buf_printf(&buf, "&a%u;", i - 1);
        gb_buf_puts(&buf, "'>");
    }
    gb_buf_puts(&buf, tail);
    return buf;
}

/* Documents made to be slow or large end soon, with one fault that says so. */
TEST(stays_within_bounds)
{
    struct gb_buf documents[] = {
        repeat("<article>", "<section><title>t</title>", 10000, ""),
        repeat("<article>", "<itemizedlist><listitem>", 10000, ""),
        repeat("<!DOCTYPE article [<!ENTITY a '0123456789'>]><article><para>", "&a;", 200000, "</para></article>"),
        repeat("<article ", "a='' ", 2000, "/>"),
        repeat("<!DOCTYPE article [", "<!ENTITY a ''>", 30000, "]><article/>"),
        repeat("<article><informaltable><tr>", "<td/>", 2000, "</tr></informaltable></article>"),
        laughs("]><article><para>&a9;&a7;</para></article>"),
        laughs("]><article><para role='&a9;'/></article>"),
    };

    for (size_t i = 0; i < GB_COUNT(documents); i++) {
        struct reading reading;
        read_text(&reading, gb_buf_str(&documents[i]));
        assert_int_equal(reading.blocks.faults.len, 1);
        assert_int_equal(reading.blocks.faults.items[0].kind, GB_FAULT_LIMIT);
        release(&reading);
        gb_buf_release(&documents[i]);
    }
}

/* A document cut anywhere yields one fault that ends it, and what stands before the cut. */
TEST(survives_cuts)
{
    static const char whole[] =
        "<?xml version='1.0'?>\n<!DOCTYPE article [<!ENTITY co '某站'>]>\n<!-- 甲 -->\n<article xmlns='http://docbook.org/ns/docbook'>\n"
        "<info><title>甲</title><biblioid>GB/T 1—2020</biblioid></info>\n<section xml:id='a'><title>一<foreignphrase>one</foreignphrase></title>\n"
        "<para>见<xref linkend='a'/>&mdash;<footnote><para>&co;</para></footnote><![CDATA[<]]>乙。</para>\n"
        "<orderedlist numeration='loweralpha'><listitem><para>丙</para></listitem></orderedlist>\n<variablelist><varlistentry><term>V</term>"
        "<listitem><para>丁</para></listitem></varlistentry></variablelist>\n<table><title>戊</title><tgroup cols='1'><tbody><row><entry morerows='1'>己"
        "<para>庚</para></entry></row></tbody></tgroup></table>\n<figure><title>辛</title><mediaobject><imageobject><imagedata fileref='a.png'/>"
        "</imageobject><textobject><programlisting language='dot'>digraph {}</programlisting></textobject></mediaobject></figure>\n"
        "<equation><alt>x</alt><mathphrase>y</mathphrase></equation><note><title>注1</title><para><inlineequation><mathphrase>z"
        "</mathphrase></inlineequation></para></note>\n<glosslist><glossentry><glossterm>壬</glossterm><glossdef><para>癸</para></glossdef>"
        "</glossentry></glosslist></section>\n</article>\n";

    for (size_t n = 0; n < sizeof(whole) - 2; n++) {
        struct gb_str cut = {whole, n};
        struct reading reading;
        if (n && ((unsigned char)whole[n] & 0xC0) == 0x80)
            continue;
        read_text(&reading, cut);
        assert_int_equal(reading.blocks.faults.len, n < sizeof(whole) - 2);
        assert_true(reading.blocks.faults.items[0].is_whole);
        release(&reading);
    }
}

/* The place of each kind of run. */
TEST(maps_runs)
{
    static const char xml[] = "<article><para>甲 &mdash;\n <quote>乙</quote>\n丙</para></article>";
    static const struct {
        uint32_t flags;
        const char *text, *source;
    } runs[] = {
        {GB_RUN_EXACT, "甲 ", "甲 "},
        {GB_RUN_DECODED, "—", "&mdash;"},
        {GB_RUN_DECODED | GB_RUN_BREAK, "\n", "\n "},
        {GB_RUN_DECODED, "“", "<quote>"},
        {GB_RUN_EXACT | GB_RUN_QUOTE, "乙", "乙"},
        {GB_RUN_DECODED, "”", "</quote>"},
        {GB_RUN_DECODED | GB_RUN_BREAK, "\n", "\n"},
        {GB_RUN_EXACT, "丙", "丙"},
    };
    struct reading reading;

    read_text(&reading, GB_STR(xml));
    const struct gb_text *text = &reading.blocks.root->first->text;
    assert_int_equal(text->n_runs, GB_COUNT(runs));
    for (uint32_t i = 0; i < GB_COUNT(runs); i++) {
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : text->str.len;
        assert_int_equal(text->runs[i].flags, runs[i].flags);
        assert_true(gb_str_is(gb_str_sub(text->str, text->runs[i].at, end), runs[i].text));
        assert_true(gb_str_is(gb_source_text(&reading.source, text->runs[i].src), runs[i].source));
    }
    release(&reading);
}
