#include "tar_header.h"

// Base-256 (GNU): the first bit is set, the rest is a big-endian number in two's complement.
static bool read_binary(const char *field, size_t size, int64_t *number)
{
	bool negative = (field[0] & 0x40) != 0;
	unsigned char inverted = negative ? 0xff : 0;
	uint64_t value = 0;
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)field[i] ^ inverted;
		if (i == 0)
			byte &= 0x7f;
		if (value >> 56)
			return false;
		value = value << 8 | byte;
	}
	if (value >> 63)
		return false;
	*number = negative ? -(int64_t)value - 1 : (int64_t)value;
	return true;
}

bool header_number(const char *field, size_t size, int64_t least, int64_t most, int64_t *number)
{
	if ((unsigned char)field[0] & 0x80) {
		if (!read_binary(field, size, number))
			return false;
		return *number >= least && *number <= most;
	}
	size_t i = 0;
	while (i < size && (field[i] == ' ' || field[i] == '\0'))
		i++;
	int64_t value = 0; // at most 12 octal digits: no overflow
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		value = value * 8 + (field[i] - '0');
	for (; i < size; i++)
		if (field[i] != ' ' && field[i] != '\0')
			return false;
	*number = value;
	return value >= least && value <= most;
}

bool header_checksum_fits(const struct tar_header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	size_t start = offsetof(struct tar_header, checksum);
	int64_t plain = 0, with_sign = 0, stored;
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++) {
		unsigned char byte = i >= start && i < start + sizeof header->checksum ? ' ' : bytes[i];
		plain += byte;
		with_sign += (signed char)byte; // old tars added signed bytes
	}
	return header_number(header->checksum, sizeof header->checksum, 0, INT64_MAX, &stored) &&
		(stored == plain || stored == with_sign);
}

bool header_is_zero(const struct tar_header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		if (bytes[i])
			return false;
	return true;
}
