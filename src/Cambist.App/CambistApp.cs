namespace Cambist.App;
