package io.darsena.runtime.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One message: a name and fields in order; a key may occur more than once.
///
/// Text is UTF-8. Bytes received that are not UTF-8 (a file's name in an error) become replacement characters; text to
/// be sent must be encodable.
public record Frame(String name, List<Field> fields) {

    /// The longest payload either side accepts.
    public static final int MAX_PAYLOAD = 1 << 20;

    static final int HEADER = Integer.BYTES;

    public Frame {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new MalformedFrameException("a message cannot be called '" + name + "'");
        }
        fields = List.copyOf(fields);
    }

    /// `key=value`; the value may hold further `=` but no NUL.
    public record Field(String key, String value) {
        public Field {
            if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf('\0') >= 0) {
                throw new MalformedFrameException("a field's key cannot be '" + key + "'");
            }
            if (value.indexOf('\0') >= 0) {
                throw new MalformedFrameException("the value of " + key + " holds a NUL character");
            }
        }
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /// The value of the first field with this key.
    public Optional<String> value(String key) {
        for (Field field : fields) {
            if (field.key().equals(key)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    public List<String> values(String key) {
        return fields.stream()
                .filter(field -> field.key().equals(key))
                .map(Field::value)
                .toList();
    }

    /// @throws MalformedFrameException when the field is missing
    public String required(String key) {
        return value(key).orElseThrow(() -> new MalformedFrameException(name + " lacks " + key));
    }

    /// @throws MalformedFrameException when the field is missing or no decimal number
    public long number(String key) {
        String text = required(key);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedFrameException(name + ": " + key + " is no number: '" + text + "'");
        }
    }

    /// @throws MalformedFrameException when the field is missing or no `int`
    public int integer(String key) {
        long number = number(key);
        if (number != (int) number) {
            throw new MalformedFrameException(name + ": " + key + " is out of range: " + number);
        }
        return (int) number;
    }

    /// The frame as it goes over the socket, length included.
    ///
    /// @throws MalformedFrameException when it would be longer than the protocol allows
    public ByteBuffer encode() {
        var payload = new ByteArrayOutputStream(512);
        append(payload, name);
        for (Field field : fields) {
            append(payload, field.key() + "=" + field.value());
        }
        if (payload.size() > MAX_PAYLOAD) {
            throw new MalformedFrameException(
                    "%s takes %d bytes; a message may take %d".formatted(name, payload.size(), MAX_PAYLOAD));
        }
        var frame = ByteBuffer.allocate(HEADER + payload.size());
        return frame.putInt(payload.size()).put(payload.toByteArray()).flip();
    }

    private static void append(ByteArrayOutputStream payload, String field) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(field));
            payload.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
            payload.write(0);
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("cannot be written as UTF-8: '" + field + "'");
        }
    }

    /// Reads a payload (what follows the length).
    static Frame decode(ByteBuffer payload) {
        int size = payload.remaining();
        if (size == 0 || payload.get(payload.limit() - 1) != 0) {
            throw new MalformedFrameException("a frame of " + size + " bytes does not end in NUL");
        }
        String name = nextField(payload);
        var fields = new ArrayList<Field>();
        while (payload.hasRemaining()) {
            String field = nextField(payload);
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new MalformedFrameException(name + " has a field without a key: '" + field + "'");
            }
            fields.add(new Field(field.substring(0, equals), field.substring(equals + 1)));
        }
        return new Frame(name, fields);
    }

    private static String nextField(ByteBuffer payload) {
        int start = payload.position();
        int end = start;
        while (payload.get(end) != 0) {
            end++;
        }
        ByteBuffer text = payload.slice(start, end - start);
        payload.position(end + 1);
        return StandardCharsets.UTF_8.decode(text).toString();
    }

    /// Collects fields in order. Not for several threads.
    public static final class Builder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        public Builder with(String key, Object value) {
            fields.add(new Field(key, value.toString()));
            return this;
        }

        public Builder withFlag(String key, boolean value) {
            return with(key, value ? "1" : "0");
        }

        public Builder withAll(String key, Iterable<?> values) {
            values.forEach(value -> with(key, value));
            return this;
        }

        public Frame build() {
            return new Frame(name, fields);
        }
    }
}
