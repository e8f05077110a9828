package io.darsena.app.files;

import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.ExtendedAttribute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The value of an extended attribute in words: capabilities as `getcap` writes them, text as it is, else its bytes.
final class AttributeWords {

    /// More bytes nobody reads.
    private static final int MOST = 512;

    private static final String CAPABILITY = "security.capability";

    /// By their numbers (linux/capability.h).
    private static final List<String> CAPABILITIES = List.of(
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "kill",
            "setgid",
            "setuid",
            "setpcap",
            "linux_immutable",
            "net_bind_service",
            "net_broadcast",
            "net_admin",
            "net_raw",
            "ipc_lock",
            "ipc_owner",
            "sys_module",
            "sys_rawio",
            "sys_chroot",
            "sys_ptrace",
            "sys_pacct",
            "sys_admin",
            "sys_boot",
            "sys_nice",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "mknod",
            "lease",
            "audit_write",
            "audit_control",
            "setfcap",
            "mac_override",
            "mac_admin",
            "syslog",
            "wake_alarm",
            "block_suspend",
            "audit_read",
            "perfmon",
            "bpf",
            "checkpoint_restore");

    private AttributeWords() {}

    static String of(ExtendedAttribute attribute) {
        byte[] value = attribute.value();
        return (attribute.name().equals(CAPABILITY) ? capabilities(value) : Optional.<String>empty())
                .or(() -> text(value))
                .orElseGet(() -> bytes(value));
    }

    /// Labels of SELinux end with a NUL.
    private static Optional<String> text(byte[] value) {
        int length = value.length > 0 && value[value.length - 1] == 0 ? value.length - 1 : value.length;
        byte[] all = Arrays.copyOf(value, length);
        String text = new String(all, StandardCharsets.UTF_8);
        boolean same = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), all);
        return same && PlainText.isPlain(text) && (length > 0 || value.length == 0)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static String bytes(byte[] value) {
        String digits = HexFormat.ofDelimiter(" ").formatHex(value, 0, Math.min(value.length, MOST));
        return value.length > MOST ? digits + " …" : digits;
    }

    /// The second revision and the third, which says besides whose root they are for (capabilities(7), "File
    /// capability extended attribute versioning").
    private static Optional<String> capabilities(byte[] value) {
        if (value.length != 20 && value.length != 24) {
            return Optional.empty();
        }
        ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        int magic = words.getInt();
        if (magic >>> 24 != (value.length == 20 ? 2 : 3)) {
            return Optional.empty();
        }
        long permitted = words.getInt() & 0xffffffffL;
        long inheritable = words.getInt() & 0xffffffffL;
        permitted |= (words.getInt() & 0xffffffffL) << 32;
        inheritable |= (words.getInt() & 0xffffffffL) << 32;
        String effective = (magic & 1) != 0 ? "e" : "";
        List<String> said = new ArrayList<>();
        say(said, permitted & inheritable, effective + "ip");
        say(said, permitted & ~inheritable, effective + "p");
        say(said, inheritable & ~permitted, effective + "i");
        if (value.length == 24) {
            said.add("[rootid=" + Integer.toUnsignedString(words.getInt()) + "]");
        }
        return Optional.of(String.join(" ", said));
    }

    private static void say(List<String> said, long set, String flags) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((set >>> bit & 1) != 0) {
                names.add("cap_" + (bit < CAPABILITIES.size() ? CAPABILITIES.get(bit) : bit));
            }
        }
        if (!names.isEmpty()) {
            said.add(String.join(",", names) + "=" + flags);
        }
    }
}
