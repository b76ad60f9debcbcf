package format

// rawPictures are what cameras make before they make a picture of it.
const rawPictures = "raw camera"

// magic is a format by what stands at one place of it.
type magic struct {
	at     int64
	bytes  string
	format Format
}

// magics are the formats of which nothing but the name matters, since browsers
// play all files of it or none.
var magics = []magic{
	{0, "fLaC", named("FLAC", "audio/flac", Usual, sound(nameFLAC, ""))},
	{8, "AVI ", named("AVI", "video/x-msvideo", Nowhere)},
	{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", named("Windows Media", "video/x-ms-asf", Nowhere)},
	{0, "FLV\x01", named("Flash Video", "video/x-flv", Nowhere)},
	{0, ".RMF", named("RealMedia", "application/vnd.rn-realmedia", Nowhere)},
	{0, "\x00\x00\x01\xBA", named("MPEG program stream", "video/mpeg", Nowhere)},
	{0, "\x00\x00\x01\xB3", named("MPEG video", "video/mpeg", Nowhere)},
	{0, "\xB7\xD8\x00\x20\x37\x49\xDA\x11", named("Windows recording (WTV)", "video/x-wtv", Nowhere)},
	{0, "\x06\x0E\x2B\x34\x02\x05\x01\x01", named("MXF", "application/mxf", Nowhere)},
	{0, "\x1F\x07\x00\x3F", named("DV", "video/dv", Nowhere)},
	{0, "\x1F\x07\x00\xBF", named("DV", "video/dv", Nowhere)},
	{0x8001, "CD001", named("disc image", "application/vnd.efi.iso", Nowhere)},
	{0x8001, "BEA01", named("disc image", "application/vnd.efi.iso", Nowhere)},

	{8, "AIFF", named("AIFF", "audio/aiff", Depends)},
	{8, "AIFC", named("AIFF", "audio/aiff", Depends)},
	{0, "#!AMR", named("AMR", "audio/amr", Depends)},
	{0, "MAC ", named("Monkey’s Audio", "audio/x-ape", Nowhere)},
	{0, "wvpk", named("WavPack", "audio/x-wavpack", Nowhere)},
	{0, "MPCK", named("Musepack", "audio/x-musepack", Nowhere)},
	{0, "MP+", named("Musepack", "audio/x-musepack", Nowhere)},
	{0, "TTA1", named("True Audio", "audio/x-tta", Nowhere)},
	{0, "DSD ", named("DSD", "audio/x-dsf", Nowhere)},
	{0, "FRM8", named("DSD", "audio/x-dff", Nowhere)},
	{0, "\x0B\x77", named("Dolby Digital", "audio/ac3", Depends)},
	{0, "\x7F\xFE\x80\x01", named("DTS", "audio/vnd.dts", Nowhere)},

	{0, "\xFF\xD8\xFF", still("JPEG", "image/jpeg", Usual)},
	{0, "\x89PNG\r\n\x1A\n", still("PNG", "image/png", Usual)},
	{0, "GIF8", still("GIF", "image/gif", Usual)},
	{8, "WEBP", still("WebP", "image/webp", Usual)},
	{0, "\xFF\x0A", still("JPEG XL", "image/jxl", Depends)},
	{4, "JXL \r\n\x87\n", still("JPEG XL", "image/jxl", Depends)},
	{0, "8BPS", still("Photoshop", "image/vnd.adobe.photoshop", Nowhere)},
	{0, "FUJIFILM", still(rawPictures, "", Nowhere)},
	{0, "IIU\x00", still(rawPictures, "", Nowhere)},
	{0, "IIRO", still(rawPictures, "", Nowhere)},
	{0, "IIRS", still(rawPictures, "", Nowhere)},
	{0, "MMOR", still(rawPictures, "", Nowhere)},
	{0, "FOVb", still(rawPictures, "", Nowhere)},
}

// readMagic tells formats by what they begin with.
func readMagic(w *window, ending string) Format {
	for _, m := range magics {
		if w.has(m.at, m.bytes) {
			return m.format
		}
	}
	if !w.has(0, "II*\x00") && !w.has(0, "MM\x00*") {
		return Format{}
	}
	// Cameras write their raw files as TIFF.
	if ending == "tif" || ending == "tiff" {
		return still("TIFF", "image/tiff", Depends)
	}
	return still(rawPictures, "", Nowhere)
}
