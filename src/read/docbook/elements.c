/* The elements of DocBook 4.5 and 5.x that mean something to the reader; all others are transparent. */
#include "read/docbook/docbook_priv.h"

static const struct gb_docbook_element elements[] = {
    {&gb_docbook_designation, "abbreviation", 0, "abbrev acronym"},
    {&gb_docbook_group, NULL, 0,
     "abstract answer bibliolist glossdef glosslist highlights imageobjectco informalfigure "
     "mediaobjectco msgset partintro programlistingco publisher qandadiv qandaentry qandaset "
     "question refmeta refnamediv refsynopsisdiv screenco screenshot segmentedlist sidebar "
     "task taskprerequisites taskrelated tasksummary tocchap toclevel1 toclevel2 toclevel3 "
     "tocpart variablelist"},
    {&gb_docbook_section, NULL, 0,
     "acknowledgements chapter colophon dedication part refentry reference refsect1 refsect2 "
     "refsect3 refsection sect1 sect2 sect3 sect4 sect5 section simplesect topic"},
    {&gb_docbook_lines, NULL, 0, "address literallayout"},
    {&gb_docbook_alt, NULL, 0, "alt annotation"},
    {&gb_docbook_anchor, NULL, 0, "anchor"},
    {&gb_docbook_section, NULL, GB_BLOCK_ANNEX, "appendix"},
    {&gb_docbook_info, NULL, 0,
     "appendixinfo articleinfo bibliographyinfo blockinfo bookinfo chapterinfo glossaryinfo "
     "indexinfo info objectinfo partinfo prefaceinfo refentryinfo referenceinfo sect1info "
     "sect2info sect3info sect4info sect5info sectioninfo setinfo"},
    {&gb_docbook_skipped, NULL, 0,
     "area areaset areaspec audioobject beginindex co coref indexterm keywordset revhistory "
     "screeninfo subjectset synopfragmentref titleabbrev videoobject"},
    {&gb_docbook_root, NULL, 0, "article book set"},
    {&gb_docbook_para, NULL, 0,
     "attribution indexentry p para primaryie refpurpose secondaryie seg segtitle simpara "
     "tertiaryie tocback tocentry tocfront"},
    {&gb_docbook_page, NULL, 0, "beginpage"},
    {&gb_docbook_section, "", 0, "bibliodiv glossdiv indexdiv"},
    {&gb_docbook_ref, NULL, 0, "biblioentry bibliomixed"},
    {&gb_docbook_section, "参考文献", GB_BLOCK_REFS, "bibliography"},
    {&gb_docbook_meta, "code", 0, "biblioid productnumber"},
    {&gb_docbook_meta, NULL, 0, "bibliomisc"},
    {&gb_docbook_quote, NULL, 0, "blockquote epigraph"},
    {&gb_docbook_para, NULL, GB_RUN_STRONG, "bridgehead"},
    {&gb_docbook_item, NULL, 0, "callout listitem step"},
    {&gb_docbook_list, "arabic", GB_BLOCK_ORDERED, "calloutlist orderedlist"},
    {&gb_docbook_caption, NULL, 0, "caption"},
    {&gb_docbook_note, "注意", 0, "caution"},
    {&gb_docbook_wrapped, NULL, 0, "citation"},
    {&gb_docbook_style, NULL, GB_RUN_CODE,
     "classname code command computeroutput constant envar exceptionname filename function "
     "interfacename literal markup methodname option parameter prompt property returnvalue "
     "sgmltag structname systemitem tag token type userinput varname"},
    {&gb_docbook_code, NULL, 0, "classsynopsisinfo funcsynopsisinfo programlisting screen synopsis"},
    {&gb_docbook_colspec, NULL, 0, "colspec"},
    {&gb_docbook_meta, "publisher", 0, "corpauthor corpname publishername"},
    {&gb_docbook_note, "危险", 0, "danger"},
    {&gb_docbook_style, NULL, GB_RUN_EMPH, "emphasis"},
    {&gb_docbook_cell, NULL, 0, "entry entrytbl td"},
    {&gb_docbook_formula, NULL, GB_BLOCK_COUNTED, "equation"},
    {&gb_docbook_example, NULL, 0, "example informalexample"},
    {&gb_docbook_fallback, NULL, 0, "fallback"},
    {&gb_docbook_figure, NULL, 0, "figure"},
    {&gb_docbook_footnote, NULL, 0, "footnote"},
    {&gb_docbook_footnoteref, NULL, 0, "footnoteref"},
    {&gb_docbook_foreign, NULL, 0, "foreignphrase"},
    {&gb_docbook_formalpara, NULL, 0, "formalpara"},
    {&gb_docbook_section, "术语和定义", GB_BLOCK_TERMS, "glossary"},
    {&gb_docbook_glossentry, NULL, 0, "glossentry"},
    {&gb_docbook_glosssee, "见", 0, "glosssee"},
    {&gb_docbook_glosssee, "参见", 0, "glossseealso"},
    {&gb_docbook_glossterm, NULL, 0, "glossterm"},
    {&gb_docbook_image, NULL, 0, "graphic imagedata inlinegraphic"},
    {&gb_docbook_note, "重要提示", 0, "important"},
    {&gb_docbook_include, NULL, 0, "include"},
    {&gb_docbook_section, "索引", 0, "index"},
    {&gb_docbook_formula, NULL, 0, "informalequation"},
    {&gb_docbook_table, NULL, 0, "informaltable table"},
    {&gb_docbook_inline_formula, NULL, 0, "inlineequation"},
    {&gb_docbook_inline_media, NULL, 0, "inlinemediaobject"},
    {&gb_docbook_list, "bullet", 0, "itemizedlist stepalternatives"},
    {&gb_docbook_link, NULL, 0, "link olink ulink"},
    {&gb_docbook_toc, "目次", 0, "lot toc"},
    {&gb_docbook_math, NULL, 0, "math"},
    {&gb_docbook_phrase, NULL, 0, "mathphrase"},
    {&gb_docbook_media, NULL, 0, "mediaobject"},
    {&gb_docbook_member, NULL, 0, "member"},
    {&gb_docbook_note, "注", 0, "note tip"},
    {&gb_docbook_section, "前言", 0, "preface"},
    {&gb_docbook_list, "steps", GB_BLOCK_ORDERED, "procedure substeps"},
    {&gb_docbook_meta, "issued", 0, "pubdate"},
    {&gb_docbook_wrapped, NULL, GB_RUN_QUOTE, "quote"},
    {&gb_docbook_title, NULL, 0, "refname title"},
    {&gb_docbook_remark, NULL, 0, "remark"},
    {&gb_docbook_row, NULL, 0, "row tr"},
    {&gb_docbook_simplelist, "none", 0, "simplelist"},
    {&gb_docbook_spanspec, NULL, 0, "spanspec"},
    {&gb_docbook_style, NULL, GB_RUN_SUB, "subscript"},
    {&gb_docbook_subtitle, NULL, 0, "subtitle"},
    {&gb_docbook_style, NULL, GB_RUN_SUP, "superscript"},
    {&gb_docbook_svg, NULL, 0, "svg"},
    {&gb_docbook_term, NULL, 0, "term"},
    {&gb_docbook_textobject, NULL, 0, "textobject"},
    {&gb_docbook_tfoot, NULL, 0, "tfoot"},
    {&gb_docbook_tgroup, NULL, 0, "tgroup"},
    {&gb_docbook_cell, NULL, 1, "th"},
    {&gb_docbook_thead, NULL, 0, "thead"},
    {&gb_docbook_entry, NULL, 0, "varlistentry"},
    {&gb_docbook_note, "警告", 0, "warning"},
    {&gb_docbook_xref, NULL, 0, "xref"},
};

void
gb_docbook_name_elements(struct gb_strmap *names)
{
    for (uint32_t i = 0; i < GB_COUNT(elements); i++) {
        struct gb_str rest = gb_str_from(elements[i].names), name;
        while (gb_str_cut(&rest, ' ', &name))
            gb_strmap_add(names, name, i, &(bool){false});
    }
}

const struct gb_docbook_element *
gb_docbook_element(const struct gb_docbook *r, struct gb_str name)
{
    uint32_t row;

    return gb_strmap_find(&r->names, name, &row) ? &elements[row] : NULL;
}
