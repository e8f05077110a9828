// What a host can lack, as `reduced` tells it in the answer to hello. RuntimeFacts.Lack on the Java side names the same: a
// test reads the keys here.
#ifndef DARSENA_REDUCED_H
#define DARSENA_REDUCED_H

enum reduced {
	REDUCED_NOTHING,
	REDUCED_SINGLE_UID,
	REDUCED_NO_OVERLAY,
	REDUCED_NO_USERNS,
	REDUCED_APPARMOR_USERNS,
};

static inline const char *reduced_key(enum reduced what)
{
	switch (what) {
	case REDUCED_NOTHING:
		return "";
	case REDUCED_SINGLE_UID:
		return "single-uid";
	case REDUCED_NO_OVERLAY:
		return "no-overlay";
	case REDUCED_NO_USERNS:
		return "no-userns";
	case REDUCED_APPARMOR_USERNS:
		return "apparmor-userns";
	}
	return "";
}

#endif
