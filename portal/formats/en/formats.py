"""British: Django's English is American where days and weeks are meant."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j F Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]

DAY_FORMAT = "D, j F Y"
DAY_WITHOUT_YEAR_FORMAT = "D, j F"
SMALL_DAY_FORMAT = "D j/n"
DAY_MOMENT_FORMAT = "D, j F Y, H:i"
MOMENT_FORMAT = "j F Y, H:i"
PERCENT_FORMAT = "{}%"
HOUR_FORMAT = "G:i"
CLOCK_FORMAT = "G:i"
