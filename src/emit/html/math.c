/*
 * Formulas in TeX as MathML: what drafts have, fractions, roots, scripts, matrices and the usual signs. What is not known here is
 * not guessed at: then the page shows the formula as written.
 */
#include "emit/html/html_priv.h"
#include "text/utf8.h"

enum { MOST_DEPTH = 24, MOST_LENGTH = 4000 };

struct tex {
    struct gb_str s;
    size_t at;
    struct gb_out *out;
    unsigned depth;
    bool is_bad; /* something is not known */
};

/* What a command stands for. */
struct sign {
    const char *name, *text;
};

static const struct sign letters[] = {
    {"alpha", "α"}, {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ϵ"}, {"varepsilon", "ε"},
    {"zeta", "ζ"},  {"eta", "η"},   {"theta", "θ"},  {"iota", "ι"},   {"kappa", "κ"},   {"lambda", "λ"},
    {"mu", "μ"},    {"nu", "ν"},    {"xi", "ξ"},     {"pi", "π"},     {"rho", "ρ"},     {"sigma", "σ"},
    {"tau", "τ"},   {"phi", "ϕ"},   {"varphi", "φ"}, {"chi", "χ"},    {"psi", "ψ"},     {"omega", "ω"},
    {"Gamma", "Γ"}, {"Delta", "Δ"}, {"Theta", "Θ"},  {"Lambda", "Λ"}, {"Pi", "Π"},      {"Sigma", "Σ"},
    {"Phi", "Φ"},   {"Psi", "Ψ"},   {"Omega", "Ω"},  {"infty", "∞"},  {"partial", "∂"},
};

static const struct sign operators[] = {
    {"times", "×"}, {"cdot", "⋅"},     {"div", "÷"},   {"pm", "±"},         {"mp", "∓"},         {"le", "≤"},
    {"leq", "≤"},   {"leqslant", "⩽"}, {"ge", "≥"},    {"geq", "≥"},        {"geqslant", "⩾"},   {"ne", "≠"},
    {"neq", "≠"},   {"approx", "≈"},   {"equiv", "≡"}, {"sim", "∼"},        {"propto", "∝"},     {"ll", "≪"},
    {"gg", "≫"},    {"in", "∈"},       {"to", "→"},    {"rightarrow", "→"}, {"Rightarrow", "⇒"}, {"cdots", "⋯"},
    {"ldots", "…"}, {"dots", "…"},     {"vdots", "⋮"}, {"circ", "∘"},       {"degree", "°"},     {"prime", "′"},
    {"mid", "∣"},   {"lvert", "|"},    {"rvert", "|"}, {"Vert", "‖"},       {"|", "‖"},          {"{", "{"},
    {"}", "}"},     {"%", "%"},        {"$", "$"},     {"#", "#"},          {"_", "_"},          {"&", "&"},
    {"colon", ":"}, {"ast", "*"},      {"star", "⋆"},  {"sum", "∑"},        {"prod", "∏"},       {"int", "∫"},
    {"oint", "∮"},  {"nabla", "∇"},    {"angle", "∠"},
};

static const struct sign blanks[] = {
    {"quad", "\xE2\x80\x83"}, {"qquad", "\xE2\x80\x83\xE2\x80\x83"},
    {",", "\xE2\x80\x89"},    {" ", " "},
    {":", "\xE2\x80\x85"},    {";", "\xE2\x80\x85"},
};

/* Names that are set as they are written. */
GB_WORDS(functions, "sin", "cos", "tan", "cot", "arcsin", "arccos", "arctan", "ln", "lg", "log", "exp", "min", "max",
         "lim");

/* Commands that only set the form. */
GB_WORDS(silent, "!", "displaystyle", "textstyle", "limits", "nolimits", "nonumber", "notag", "big", "Big");

/* Commands with one argument set over it. */
static const struct sign accents[] = {
    {"bar", "¯"}, {"overline", "¯"}, {"hat", "^"}, {"vec", "→"}, {"dot", "˙"}, {"ddot", "¨"}, {"tilde", "~"},
};

/* Commands whose argument is text, or letters set upright or bold. */
GB_WORDS(upright, "text", "mathrm", "textrm", "mathbf", "textbf", "operatorname", "mbox", "mathit", "boldsymbol");

GB_WORDS(fractions, "frac", "dfrac", "tfrac");

/* Environments and their fences. */
static const struct table {
    const char *name, *open, *close;
} tables[] = {
    {"matrix", "", ""}, {"bmatrix", "[", "]"}, {"pmatrix", "(", ")"}, {"vmatrix", "|", "|"},
    {"cases", "{", ""}, {"aligned", "", ""},   {"align", "", ""},     {"align*", "", ""},
};

/* What the command stands for; NULL: none of these. */
#define FIND(list, word) find((list), GB_COUNT(list), (word))

static const char *
find(const struct sign *list, size_t n, struct gb_str name)
{
    GB_FIND(item, list, n, gb_str_is(name, item->name));
    return item ? item->text : NULL;
}

static char
peek(struct tex *t)
{
    while (t->at < t->s.len && strchr(" \t\r\n~", t->s.ptr[t->at]))
        t->at++;
    return t->at < t->s.len ? t->s.ptr[t->at] : '\0';
}

static void
bad(struct tex *t)
{
    t->is_bad = true;
    t->at = t->s.len;
}

static void
put(struct tex *t, const char *tag, struct gb_str text)
{
    gb_out_printf(t->out, "<%s>", tag);
    gb_out_markup(t->out, text);
    gb_out_printf(t->out, "</%s>", tag);
}

/* The name behind a backslash: letters, or one sign. */
static struct gb_str
take_name(struct tex *t)
{
    size_t from = ++t->at;

    while (t->at < t->s.len && gb_is_letter(t->s.ptr[t->at]))
        t->at++;
    if (t->at == from && t->at < t->s.len)
        t->at++;
    return gb_str_sub(t->s, from, t->at);
}

/* Bytes inside of { }, without braces in them. */
static struct gb_str
take_words(struct tex *t)
{
    if (peek(t) != '{') {
        bad(t);
        return GB_STR("");
    }
    size_t from = ++t->at;
    while (t->at < t->s.len && !strchr("{}", t->s.ptr[t->at]))
        t->at++;
    struct gb_str words = gb_str_sub(t->s, from, t->at);
    if (t->at == t->s.len || t->s.ptr[t->at] == '{')
        bad(t);
    else
        t->at++;
    return words;
}

static void row(struct tex *t, const char *until);
static void atom(struct tex *t);

/* An argument: a group, or one sign. */
static void
argument(struct tex *t)
{
    if (peek(t) == '\0')
        bad(t);
    else
        atom(t);
}

static void
group(struct tex *t)
{
    t->at++;
    gb_out_puts(t->out, "<mrow>");
    row(t, "}");
    if (peek(t) != '}')
        bad(t);
    else
        t->at++;
    gb_out_puts(t->out, "</mrow>");
}

static void
root(struct tex *t)
{
    struct gb_out index = GB_OUT_ZERO, *out = t->out;
    bool has_index = peek(t) == '[';

    if (has_index) {
        t->at++;
        t->out = &index;
        row(t, "]");
        if (peek(t) == ']')
            t->at++;
        else
            bad(t);
        t->out = out;
    }
    gb_out_puts(out, has_index ? "<mroot>" : "<msqrt>");
    argument(t);
    if (has_index) {
        gb_out_puts(out, "<mrow>");
        gb_out_add(out, gb_buf_str(&index.buf));
        gb_out_puts(out, "</mrow>");
    }
    gb_out_puts(out, has_index ? "</mroot>" : "</msqrt>");
    gb_out_release(&index);
}

/* Rows of an environment: cells between &, rows between \\. */
static void
table(struct tex *t, const struct table *kind)
{
    gb_out_puts(t->out, "<mrow>");
    if (*kind->open)
        put(t, "mo", gb_str_from(kind->open));
    gb_out_puts(t->out, "<mtable><mtr><mtd>");
    for (;;) {
        row(t, "&");
        if (peek(t) == '&') {
            t->at++;
            gb_out_puts(t->out, "</mtd><mtd>");
        } else if (gb_str_starts(gb_str_skip(t->s, t->at), GB_STR("\\\\"))) {
            t->at += 2;
            gb_out_puts(t->out, "</mtd></mtr><mtr><mtd>");
        } else {
            break;
        }
    }
    gb_out_puts(t->out, "</mtd></mtr></mtable>");
    if (*kind->close)
        put(t, "mo", gb_str_from(kind->close));
    gb_out_puts(t->out, "</mrow>");
    if (gb_str_starts(gb_str_skip(t->s, t->at), GB_STR("\\end"))) {
        t->at += 4;
        if (!gb_str_is(take_words(t), kind->name))
            bad(t);
    } else {
        bad(t);
    }
}

/* \left( … \right): a dot is no fence. */
static void
fence(struct tex *t)
{
    struct gb_str sign = GB_STR("");
    char c = peek(t);

    if (c == '\\') {
        const char *text = FIND(operators, take_name(t));
        if (text)
            sign = gb_str_from(text);
        else
            bad(t);
    } else if (c != '\0' && strchr("()[]|/.", c)) {
        sign = c == '.' ? sign : gb_str_sub(t->s, t->at, t->at + 1);
        t->at++;
    } else {
        bad(t);
    }
    put(t, "mo", sign);
}

static void
command(struct tex *t)
{
    struct gb_str name = take_name(t);
    const char *text;

    if ((text = FIND(letters, name))) {
        put(t, "mi", gb_str_from(text));
    } else if ((text = FIND(operators, name))) {
        put(t, "mo", gb_str_from(text));
    } else if ((text = FIND(blanks, name))) {
        put(t, "mtext", gb_str_from(text));
    } else if (GB_IS_ANY(name, functions)) {
        put(t, "mi", name);
    } else if (GB_IS_ANY(name, silent)) {
        return;
    } else if ((text = FIND(accents, name))) {
        gb_out_puts(t->out, "<mover>");
        argument(t);
        put(t, "mo", gb_str_from(text));
        gb_out_puts(t->out, "</mover>");
    } else if (GB_IS_ANY(name, upright)) {
        put(t, "mtext", take_words(t));
    } else if (GB_IS_ANY(name, fractions)) {
        gb_out_puts(t->out, "<mfrac>");
        argument(t);
        argument(t);
        gb_out_puts(t->out, "</mfrac>");
    } else if (gb_str_is(name, "sqrt")) {
        root(t);
    } else if (gb_str_is(name, "left") || gb_str_is(name, "right")) {
        fence(t);
    } else if (gb_str_is(name, "tag")) {
        take_words(t);
    } else if (gb_str_is(name, "begin")) {
        struct gb_str word = take_words(t);
        GB_FIND(kind, tables, GB_COUNT(tables), gb_str_is(word, kind->name));
        if (kind && !t->is_bad)
            table(t, kind);
        else
            bad(t);
    } else {
        bad(t);
    }
}

static void
number(struct tex *t)
{
    size_t from = t->at;

    while (t->at < t->s.len && (gb_is_digit(t->s.ptr[t->at]) || t->s.ptr[t->at] == '.'))
        t->at++;
    put(t, "mn", gb_str_sub(t->s, from, t->at));
}

/* One thing without its scripts; writes one element, or none for what only sets the form. */
static void
atom(struct tex *t)
{
    char c = peek(t);
    size_t next;

    if (++t->depth > MOST_DEPTH) {
        bad(t);
    } else if (c == '{') {
        group(t);
    } else if (c == '\\') {
        command(t);
    } else if (gb_is_digit(c)) {
        number(t);
    } else if (c == '\0' || strchr("}&^_$#", c)) {
        bad(t);
    } else {
        uint32_t code = gb_utf8_at(t->s, t->at, &next);
        bool is_letter = (code < 0x80 && (c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (code >= 0x370 && code < 0x400);
        struct gb_str sign = c == '-' ? GB_STR("−") : gb_str_sub(t->s, t->at, next);
        put(t, is_letter ? "mi" : code >= 0x2E80 ? "mtext" : "mo", sign);
        t->at = next;
    }
    t->depth--;
}

/* The script behind ^ or _ into its own buffer. */
static void
script(struct tex *t, struct gb_out *into)
{
    struct gb_out *out = t->out;

    t->at++;
    if (into->buf.len) {
        bad(t);
        return;
    }
    t->out = into;
    argument(t);
    t->out = out;
}

static void
scripted(struct tex *t)
{
    struct gb_out base = GB_OUT_ZERO, sub = GB_OUT_ZERO, sup = GB_OUT_ZERO, *out = t->out;

    t->out = &base;
    if (peek(t) != '^' && peek(t) != '_')
        atom(t);
    while (!t->is_bad && (peek(t) == '^' || peek(t) == '_'))
        script(t, peek(t) == '^' ? &sup : &sub);
    t->out = out;
    const char *tag = sub.buf.len && sup.buf.len ? "msubsup" : sub.buf.len ? "msub" : sup.buf.len ? "msup" : NULL;
    if (tag)
        gb_out_printf(out, "<%s>%s", tag, base.buf.len ? "" : "<mrow></mrow>");
    gb_out_add(out, gb_buf_str(&base.buf));
    gb_out_add(out, gb_buf_str(&sub.buf));
    gb_out_add(out, gb_buf_str(&sup.buf));
    if (tag)
        gb_out_printf(out, "</%s>", tag);
    gb_out_release(&base);
    gb_out_release(&sub);
    gb_out_release(&sup);
}

/* Up to one of the signs, to \\ or \end, or to the end. */
static void
row(struct tex *t, const char *until)
{
    for (char c = peek(t); c != '\0' && !strchr(until, c); c = peek(t)) {
        struct gb_str rest = gb_str_skip(t->s, t->at);
        if (GB_STARTS_WITH(rest, "\\\\", "\\end"))
            return;
        scripted(t);
    }
}

bool
gb_html_math(struct gb_out *out, struct gb_str source, bool is_block)
{
    struct gb_out math = GB_OUT_ZERO;
    struct tex t = {.s = source, .out = &math};

    if (!gb_str_trim(source).len || source.len > MOST_LENGTH)
        return false;
    row(&t, "");
    if (t.at < source.len)
        t.is_bad = true;
    if (!t.is_bad) {
        gb_out_puts(out, is_block ? "<math display=\"block\"" : "<math");
        gb_html_put_attribute(out, "alttext", source);
        gb_out_puts(out, "><mrow>");
        gb_out_add(out, gb_buf_str(&math.buf));
        gb_out_puts(out, "</mrow></math>");
    }
    gb_out_release(&math);
    return !t.is_bad;
}
