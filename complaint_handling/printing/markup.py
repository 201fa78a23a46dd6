"""Text and values as HTML that is safe to put on the page: escaped, cleaned, in two languages."""

import re
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag
from markupsafe import Markup, escape

import frappe
from frappe import _
from frappe.utils import flt, fmt_money, get_datetime, getdate
from frappe.utils.html_utils import sanitize_html

SECOND_LANGUAGE = "zh"
# Where a word of the prints means something else on the site's forms ("Name", "None").
CONTEXT = "Complaint Print"

# fmt: off
ALLOWED_TAGS = frozenset((
	"b", "blockquote", "br", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre",
	"s", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
))
# These go with what they hold; every other tag goes and leaves its text.
REMOVED_TAGS = frozenset((
	"embed", "form", "iframe", "link", "math", "meta", "noscript", "object", "script", "style", "svg", "title", "video",
))
# fmt: on
ALLOWED_ATTRIBUTES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "img": ("src", "width")}
IMAGE_SOURCE = re.compile(r"/files/(?!.*\.\.)|data:image/(png|jpeg|gif|webp);base64,")

# A longer text is divided, so that a page can end inside it.
PIECE_LENGTH = 600
_PIECE = re.compile(rf".{{1,{PIECE_LENGTH}}}(?:[。；！？.;!?]|\s|$)|.{{1,{PIECE_LENGTH}}}")


def bilingual(source: str, context: str, block: bool = False, singular: bool = False) -> Markup:
	"""Return a text with its Chinese translation beside or under it, or alone where there is none."""
	kind = "ch-line" if block else "ch-word"
	translated = _(source, SECOND_LANGUAGE, context=context)
	first = Markup('<span class="{}">{}</span>').format(
		kind, source.removesuffix("s") if singular else source
	)
	if translated == source:
		return first
	second = Markup('<span class="{} ch-zh" lang="zh">{}</span>').format(kind, translated)
	return first + ("" if block else " ") + second


def format_time(value: Any) -> str:
	"""Return a time of the site's zone as yyyy-mm-dd HH:MM."""
	return get_datetime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def unbroken_time(value: Any) -> Markup:
	"""Return a time that a narrow column divides between date and hour only."""
	parts = format_time(value).split(" ")
	return Markup(" ").join(Markup('<span class="ch-unbroken">{}</span>').format(part) for part in parts)


def number(value: Any) -> str:
	"""Return a number without trailing zeros, with thousands separated."""
	return f"{flt(value, 3):,.3f}".rstrip("0").rstrip(".")


def money(value: Any, currency: str) -> str:
	"""Return an amount with the code of its currency, which no symbol replaces: ¥ is of two currencies."""
	return f"{currency} {fmt_money(flt(value))}".strip()


def text_pieces(text: str) -> list[Markup]:
	"""Return a text in pieces that end at the end of a line or sentence."""
	pieces: list[str] = []
	for line in text.strip().splitlines():
		for part in _PIECE.findall(line) or [""]:
			if pieces and len(pieces[-1]) + len(part) < PIECE_LENGTH:
				pieces[-1] += "\n" + part
			else:
				pieces.append(part)
	return [_text(piece) for piece in pieces] or [Markup()]


def html_pieces(html: str) -> list[Markup]:
	"""Return HTML of a user, cleaned, in pieces that end between two paragraphs."""
	soup = clean_html(html)
	if not soup.find(True):
		return text_pieces(soup.get_text())
	pieces: list[str] = []
	length = PIECE_LENGTH
	for node in _paragraphs(soup):
		size = len(node.get_text())
		if length + size > PIECE_LENGTH:
			pieces.append("")
			length = 0
		pieces[-1] += str(node) if isinstance(node, Tag) else str(escape(node))
		length += size
	return [Markup('<div class="ch-html">{}</div>').format(Markup(piece)) for piece in pieces] or [Markup()]


def _paragraphs(soup: Tag) -> list[Any]:
	"""Return the outermost nodes, without the wrapper that the editor puts around them."""
	children = [node for node in soup.children if str(node).strip()]
	while len(children) == 1 and isinstance(children[0], Tag) and children[0].name == "div":
		children = [node for node in children[0].children if str(node).strip()]
	return children


def clean_html(html: str) -> BeautifulSoup:
	"""Reduce HTML of a user to plain formatting: no script, no style, nothing loaded from elsewhere."""
	soup = BeautifulSoup(sanitize_html(html), "html.parser")
	for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
		text.extract()
	for tag in soup.find_all(True):
		if tag.decomposed:
			continue
		if tag.name in REMOVED_TAGS or (tag.name == "img" and not _is_own_image(tag.get("src") or "")):
			tag.decompose()
		elif tag.name not in ALLOWED_TAGS:
			tag.unwrap()
		else:
			_keep_meaning(tag)
	return soup


def _keep_meaning(tag: Tag) -> None:
	"""Drop every attribute that is not allowed, after turning the editor's mark of a bullet into a list of bullets."""
	if tag.name == "li" and tag.get("data-list") == "bullet" and tag.parent and tag.parent.name == "ol":
		tag.parent.name = "ul"
	kept = ALLOWED_ATTRIBUTES.get(tag.name, ())
	tag.attrs = {name: value for name, value in tag.attrs.items() if name in kept}


def _is_own_image(source: str) -> bool:
	"""Tell whether an image is part of the text, or a file of the site that the current user may read."""
	if source.startswith("/private/files/"):
		files = frappe.get_all("File", filters={"file_url": source}, pluck="name")  # each is checked
		return any(frappe.has_permission("File", "read", doc=name) for name in files)
	return bool(IMAGE_SOURCE.match(source))


def _text(value: str) -> Markup:
	return Markup('<div class="ch-text">{}</div>').format(value.strip())


def _check(value: Any) -> Markup:
	return bilingual("Yes" if value else "No", CONTEXT)


def _quantity(value: Any) -> str:
	"""Return a quantity; the host stores 0 where nothing was entered."""
	return number(value) if flt(value) else ""


# How a value of each field type reads; any other is escaped as it stands.
FORMATS = {
	"Check": _check,
	"Date": lambda value: Markup('<span class="ch-unbroken">{}</span>').format(getdate(value).isoformat()),
	"Datetime": unbroken_time,
	"Float": lambda value: escape(_quantity(value)),
	"Int": lambda value: escape(number(value)),
	"Percent": lambda value: escape(f"{_quantity(value)}%" if flt(value) else ""),
	"Text": _text,
	"Small Text": _text,
	"Long Text": _text,
	"Text Editor": lambda value: Markup("").join(html_pieces(value)),
}
