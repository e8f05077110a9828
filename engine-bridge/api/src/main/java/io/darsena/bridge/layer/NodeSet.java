package io.darsena.bridge.layer;

import java.util.BitSet;
import java.util.stream.IntStream;

/// Some entries of a tree, by their numbers: a bit of each. Immutable.
public final class NodeSet {

    public static final NodeSet NONE = new NodeSet(new BitSet());

    private final BitSet nodes;

    private NodeSet(BitSet nodes) {
        this.nodes = nodes;
    }

    public static NodeSet of(IntStream nodes) {
        BitSet set = new BitSet();
        nodes.forEach(set::set);
        return new NodeSet(set);
    }

    /// What [#bytes] has told.
    public static NodeSet ofBytes(byte[] bytes) {
        return new NodeSet(BitSet.valueOf(bytes));
    }

    /// The lowest number is the lowest bit of the first byte.
    public byte[] bytes() {
        return nodes.toByteArray();
    }

    public boolean has(int node) {
        return nodes.get(node);
    }

    public int count() {
        return nodes.cardinality();
    }

    /// In ascending order.
    public IntStream nodes() {
        return nodes.stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSet set && nodes.equals(set.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return nodes.toString();
    }
}
