package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A layer with all that a layer may have, in the order of its names, each directory with an entry of its own.
final class LayerOfEveryKind {

    private LayerOfEveryKind() {}

    /// @param singleUid whether only root's files can be made here
    static byte[] tar(boolean singleUid) {
        int other = singleUid ? 0 : 33;
        byte[] capability = HexFormat.of().parseHex("0100000200040000000000000000000000000000");
        String longName = "n".repeat(255);
        String far = "far/" + "f".repeat(200);
        TarForge tar = TarForge.tar()
                .entry(header("./", '5').mode(0755).mtime(1000), "")
                .file("back\\slash\ttab", "t")
                .entry(header("d", '5').mode(01750).owner(other, other), "")
                .file("d/.wh.hidden", "")
                .entry(header("d/setuid", '0').mode(04755).owner(other, 0).size(1), "s")
                .rawPax('x', xattr("user.note", new byte[] {0, 1, '=', '\n', (byte) 0xff}))
                .directory("directory with attributes")
                .directory("far")
                .pax("path=" + far)
                .directory("far away")
                .pax("path=" + far + "/" + longName)
                .file("long", "long")
                .entry(header("fifo", '6').mode(0600), "")
                .file("first", "linked")
                .entry(header("link", '2').link("../outside").mode(0777), "")
                .pax("linkpath=" + "t".repeat(300))
                .entry(header("link to far", '2').link("t").mode(0777), "")
                .file("new\nline", "n");
        nonUtf8(tar);
        return tar.directory("opaque")
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/above", "a")
                .rawPax('x', xattr("security.capability", capability))
                .entry(header("ping", '0').mode(0755), "")
                .hardLink("second", "first")
                .pax("GNU.sparse.size=300000", "GNU.sparse.map=100000,2,299999,1")
                .file("sparse", "abc")
                .pax("mtime=1234567890.000000001")
                .file("time", "")
                .pax("mtime=-1.25")
                .file("time before", "")
                .file(".wh." + longName, "")
                .file(".wh.zhidden", "")
                .end();
    }

    private static byte[] xattr(String name, byte[] value) {
        var record = new ByteArrayOutputStream();
        record.writeBytes(("SCHILY.xattr." + name + "=").getBytes(StandardCharsets.UTF_8));
        record.writeBytes(value);
        return TarForge.record(record.toByteArray());
    }

    private static void nonUtf8(TarForge tar) {
        var path = new ByteArrayOutputStream();
        path.writeBytes("path=no UTF-8 ".getBytes(StandardCharsets.UTF_8));
        path.write(0xff);
        path.write(0xc3);
        tar.rawPax('x', TarForge.record(path.toByteArray())).file("odd", "o");
    }
}
