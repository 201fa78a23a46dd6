"""Package the app with setuptools, which keeps the linked directories in a wheel."""

from pathlib import Path

from setuptools import find_packages, setup

VERSION = Path("complaint_handling/__init__.py").read_text().split('"')[1]

setup(
	name="complaint_handling",
	version=VERSION,
	packages=find_packages(include=["complaint_handling", "complaint_handling.*"]),
	include_package_data=True,
	zip_safe=False,
	# Public holidays and make-up workdays; ERPNext asks for it too.
	install_requires=["holidays>=0.50,<1"],
)
