"""The host that the tests run on: served, rolled back, and thrown away where a test asks for it."""

import http.cookiejar
import json
import re
import urllib.parse
import urllib.request

import pytest

import frappe

from tests.conftest import Host, WebServer


def _logged_in(server: WebServer, user: str, password: str) -> urllib.request.OpenerDirector:
	opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
	form = urllib.parse.urlencode({"usr": user, "pwd": password}).encode()
	opener.open(f"{server.address}/api/method/login", form).read()
	return opener


def test_web_server_answers(web_server: WebServer) -> None:
	with urllib.request.urlopen(f"{web_server.address}/api/method/ping") as answer:
		assert json.load(answer) == {"message": "pong"}


def test_web_server_serves_the_site_under_test(web_server: WebServer, host: Host) -> None:
	if not host.is_dev_bench:
		pytest.skip("the password of Administrator is known on the dev bench only")
	browser = _logged_in(web_server, "Administrator", "admin")
	address = f"{web_server.address}/api/method/frappe.client.get_count?doctype=DocType"
	assert json.load(browser.open(address))["message"] == frappe.db.count("DocType")


def test_web_server_serves_the_desk_with_its_assets(web_server: WebServer, host: Host) -> None:
	if not host.is_dev_bench:
		pytest.skip("the password of Administrator is known on the dev bench only")
	browser = _logged_in(web_server, "Administrator", "admin")
	desk = browser.open(f"{web_server.address}/app").read().decode()
	bundle = re.search(r"/assets/frappe/dist/js/desk\.bundle\.\w+\.js", desk)
	assert bundle
	assert len(browser.open(f"{web_server.address}{bundle[0]}").read()) > 100_000


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_writes_is_gone_in_the_next(turn: str) -> None:
	key = "written-by-a-test"
	assert not frappe.db.get_default(key)
	frappe.db.set_default(key, turn)
	assert frappe.db.get_default(key) == turn


def test_each_test_starts_as_administrator_in_the_sites_time_zone(host: Host) -> None:
	assert frappe.session.user == "Administrator"
	assert frappe.flags.in_test
	if host.is_dev_bench:
		assert frappe.utils.get_system_timezone() == "Asia/Shanghai"


@pytest.mark.scratch_site
def test_a_scratch_site_holds_the_app(scratch_site: str, host: Host) -> None:
	listed = host.bench(scratch_site, "list-apps", "--format", "json")
	assert "complaint_handling" in json.loads(listed.stdout)[scratch_site]
