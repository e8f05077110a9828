package io.darsena.app.session;

/// A number from zero on in 16 bits, as exact as a drawing needs: within 0.05 %, whole numbers up to 2048 exactly, from
/// 0.01 to 10¹⁶. It is the upper part of a `float` with fewer exponents.
final class CompactNumber {

    static final char MISSING = '\uffff';

    private static final int DROPPED_BITS = 13;
    private static final int ROUNDING = 1 << DROPPED_BITS - 1;
    /// Exponents below this one are zero: 2⁻⁷ is the least number.
    private static final int BIAS = 119 << 10;

    private CompactNumber() {}

    static char of(double number) {
        if (Double.isNaN(number)) {
            return MISSING;
        }
        int bits = Float.floatToRawIntBits((float) Math.max(0, number));
        return (char) Math.clamp((bits + ROUNDING >>> DROPPED_BITS) - BIAS, 0, MISSING - 1);
    }

    static double value(char code) {
        if (code == MISSING) {
            return Double.NaN;
        }
        return code == 0 ? 0 : Float.intBitsToFloat(code + BIAS << DROPPED_BITS);
    }
}
