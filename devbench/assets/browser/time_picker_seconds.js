// Seconds for the time picker of air-datepicker 2.2.3, as Frappe's Datetime and Time controls expect them:
// `ss` in the format, a slider in a row of its own ($seconds) and the figure beside the minutes
// ($secondsText), after a colon that the controls may hide.

import "air-datepicker/dist/js/datepicker.min.js";
import "./time_picker_seconds.css";

const { Constructor: DatePicker, Timepicker: TimePicker } = window.jQuery.fn.datepicker;
const date_picker = DatePicker.prototype;
const time_picker = TimePicker.prototype;
const two_digits = DatePicker.getLeadingZeroNum;

/** Run `addition` with the arguments of a method, before or after what the method did so far. */
function extend(prototype, name, { before, after }) {
	const original = prototype[name];
	prototype[name] = function (...values) {
		before?.apply(this, values);
		const result = original.apply(this, values);
		after?.apply(this, values);
		return result;
	};
}

extend(time_picker, "_setTime", {
	before(date) {
		this.seconds = date.getSeconds() || 0;
	},
});

extend(time_picker, "_buildHTML", {
	after() {
		const $ = window.jQuery;
		this.$seconds = $('<input type="range" name="seconds" min="0" max="59" step="1">');
		$('<div class="datepicker--time-row">')
			.append(this.$seconds)
			.appendTo(this.$timepicker.find(".datepicker--time-sliders"));
		this.$secondsText = $('<span class="datepicker--time-current-seconds">');
		this.$minutesText.after('<span class="datepicker--time-current-colon">:</span>', this.$secondsText);
		this.$ranges = this.$ranges.add(this.$seconds);
		this.update();
	},
});

extend(time_picker, "_updateCurrentTime", {
	after() {
		this.$secondsText.text(two_digits(this.seconds));
	},
});

extend(time_picker, "_updateRanges", {
	after() {
		this.$seconds.val(this.seconds);
	},
});

extend(date_picker, "_onClickCell", {
	before(event, date) {
		if (this.timepicker) date.setSeconds(this.timepicker.seconds);
	},
});

const change_time = date_picker._onTimeChange;
date_picker._onTimeChange = function (event, hours, minutes) {
	const { seconds } = this.timepicker;
	if (this.selectedDates.length) {
		this.lastSelectedDate.setSeconds(seconds);
		return change_time.call(this, event, hours, minutes);
	}
	// Selected once and with its seconds: a second selection would race the first through the form's events.
	const today = new Date();
	today.setHours(hours, minutes, seconds, 0);
	const is_allowed = !this._getCell(today).hasClass("-disabled-");
	if (is_allowed) this.selectDate(today);
};

const format_date = date_picker.formatDate;
date_picker.formatDate = function (format, date = this.date) {
	const seconds = date.getSeconds();
	const with_seconds = (text, sign, value) =>
		this._replacer(text, this._getWordBoundaryRegExp(sign), value);
	const text = format_date.call(this, format, date);
	return with_seconds(with_seconds(text, "ss", two_digits(seconds)), "s", seconds);
};
