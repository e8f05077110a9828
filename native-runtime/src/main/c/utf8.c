#include "utf8.h"

size_t utf8_length(const unsigned char *text)
{
	unsigned char first = text[0];
	if (first < 0x80)
		return 1;
	size_t length = first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (first == 0xe0 && text[1] < 0xa0) || (first == 0xf0 && text[1] < 0x90);
	bool outside = (first == 0xed && text[1] > 0x9f) || (first == 0xf4 && text[1] > 0x8f);
	return overlong || outside ? 0 : length;
}

bool utf8_is_whole(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at;) {
		size_t length = utf8_length(at);
		if (!length)
			return false;
		at += length;
	}
	return true;
}
