"""The scene that the play is set in: company A with people and goods, its customers and their orders."""

from dataclasses import dataclass

import frappe

from devbench.demo import company as company_a
from devbench.demo.goods import make_goods
from devbench.demo.people import PERSON, make_people


@dataclass(frozen=True)
class Scene:
	"""What stands on the site before the play begins: words of the play -> names on the site."""

	company: str
	departments: dict[str, str]
	employees: dict[str, str]
	customers: dict[str, str]
	orders: dict[str, str]

	def user(self, word: str) -> str:
		"""Return the user of a person."""
		return PERSON[word].user

	def employee(self, word: str) -> str:
		"""Return the employee of a person."""
		return self.employees[word]


def build(company: str | None = None) -> Scene:
	"""Make what is missing, as Administrator, and return the scene.

	A company that stands already may be given: making one on genuine ERPNext takes its chart of accounts.
	"""
	frappe.set_user("Administrator")
	company = company or company_a.make_company()
	company_a.make_letter_head()
	company_a.make_mailbox()
	departments = company_a.make_departments(company)
	customers = company_a.make_customers()
	return Scene(
		company,
		departments,
		make_people(company, departments),
		customers,
		make_goods(company, customers),
	)
