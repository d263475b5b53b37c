<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AfterView</name>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Corrective receipt %1</source>
        <translation>更正收据 %1</translation>
    </message>
    <message>
        <source>Of it %1 waits here to be paid in cash (F10).</source>
        <translation>其中 %1 在此等待现金支付（F10）。</translation>
    </message>
    <message>
        <source>Print the corrective receipt at the exit</source>
        <translation>在出口打印更正收据</translation>
    </message>
    <message>
        <source>Amount that was taken back</source>
        <translation>被收回的金额</translation>
    </message>
    <message>
        <source>Amount that goes back</source>
        <translation>退回金额</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>Fee of the provider</source>
        <translation>支付机构的手续费</translation>
    </message>
    <message>
        <source>Days until our evidence must be there</source>
        <translation>提交证据的期限（天）</translation>
    </message>
</context>
<context>
    <name>AreaCard</name>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>none free</source>
        <translation>暂无空位</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%3 %2</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4</source>
        <translation>%1：%3 %2，%4</translation>
    </message>
</context>
<context>
    <name>AskCard</name>
    <message>
        <source>F%1  %2</source>
        <translation>F%1  %2</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>or in your own words</source>
        <translation>或自行填写</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消 (Esc)</translation>
    </message>
</context>
<context>
    <name>BarrierSign</name>
    <message>
        <source>Opening</source>
        <translation>正在开启</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>请通行</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>Help is coming</source>
        <translation>工作人员马上到</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>请稍候</translation>
    </message>
</context>
<context>
    <name>Bill</name>
    <message>
        <source>Supplied by {name}</source>
        <translation>停车服务由{name}提供</translation>
    </message>
    <message>
        <source>Supplied by {name} ({number})</source>
        <translation>停车服务由{name}提供（{number}）</translation>
    </message>
    <message>
        <source>Inside your reserved time</source>
        <translation>预订时段内</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>停车计费</translation>
    </message>
    <message>
        <source>Surcharges</source>
        <translation>附加费</translation>
    </message>
    <message>
        <source>Tax and rounding</source>
        <translation>税费与取整</translation>
    </message>
    <message>
        <source>{count} prices; all of them are on the receipt</source>
        <translation>共{count}项，明细见收据</translation>
    </message>
    <message>
        <source>Up to the lowest price of a stay</source>
        <translation>补足最低停车费</translation>
    </message>
    <message>
        <source>Not more than was promised to you</source>
        <translation>不超过预订时承诺的价格</translation>
    </message>
    <message>
        <source>Discount: {name}</source>
        <translation>优惠：{name}</translation>
    </message>
    <message>
        <source>Surcharge for that: {percent} more</source>
        <translation>超时附加费：加收{percent}</translation>
    </message>
    <message>
        <source>Surcharge for staying longer than booked</source>
        <translation>超时附加费</translation>
    </message>
    <message>
        <source>Lost ticket</source>
        <translation>遗失停车票</translation>
    </message>
    <message>
        <source>{count} × started {block} at {price}</source>
        <translation>{count} × {block}（不足按一段计），每段{price}</translation>
    </message>
    <message>
        <source>1 started hour at {price}</source>
        <translation>1小时（不足1小时按1小时计），每小时{price}</translation>
    </message>
    <message>
        <source>{count} started hours at {price}</source>
        <translation>{count}小时（不足1小时按1小时计），每小时{price}</translation>
    </message>
    <message>
        <source>{amount} of it from {shop}</source>
        <translation>其中 {amount} 由 {shop} 支付</translation>
    </message>
    <message>
        <source>{amount} of it from the car park</source>
        <translation>其中 {amount} 由停车场支付</translation>
    </message>
    <message>
        <source>Driver {number}: {span}, {amount}</source>
        <translation>车主 {number}：{span}，{amount}</translation>
    </message>
    <message>
        <source>Driver {number}: {span}, {amount}; {back} goes back</source>
        <translation>车主 {number}：{span}，{amount}；退还{back}</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>取整</translation>
    </message>
    <message>
        <source>Rounding for cash</source>
        <translation>现金取整</translation>
    </message>
    <message>
        <source>Waived by an attendant</source>
        <translation>值班员已减免</translation>
    </message>
    <message>
        <source>{count} × {block} at {price}</source>
        <translation>{count} × {block}，每段 {price}</translation>
    </message>
    <message>
        <source>{span} at {price} per hour</source>
        <translation>{span}，每小时 {price}</translation>
    </message>
    <message>
        <source>{count} × fixed price {price}</source>
        <translation>{count} × 固定价 {price}</translation>
    </message>
    <message>
        <source>{count} × price per entry {price}</source>
        <translation>{count} × 按次价 {price}</translation>
    </message>
    <message>
        <source>{name}: {count} × price per entry {price}</source>
        <translation>{name}：{count} × 按次价 {price}</translation>
    </message>
    <message>
        <source>{count} × {maximum} {price}</source>
        <translation>{count} × {maximum} {price}</translation>
    </message>
    <message>
        <source>day price</source>
        <translation>全天封顶价</translation>
    </message>
    <message>
        <source>week price</source>
        <translation>每周封顶价</translation>
    </message>
    <message>
        <source>month price</source>
        <translation>每月封顶价</translation>
    </message>
    <message>
        <source>highest price of a stay</source>
        <translation>单次停车封顶价</translation>
    </message>
    <message>
        <source>highest price of {name}</source>
        <translation>{name}封顶价</translation>
    </message>
    <message>
        <source>Free time: {span}</source>
        <translation>免费时间：{span}</translation>
    </message>
    <message>
        <source>Paid by a shop: {span}</source>
        <translation>商家代付时间：{span}</translation>
    </message>
    <message>
        <source>Before your reserved time: {span}</source>
        <translation>预订开始之前：{span}</translation>
    </message>
    <message>
        <source>After your reserved time: {span}</source>
        <translation>预订结束之后：{span}</translation>
    </message>
</context>
<context>
    <name>BoardTile</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Plan</source>
        <translation>平面图</translation>
    </message>
    <message>
        <source>Touch a space to see who has it</source>
        <translation>点击车位查看使用情况</translation>
    </message>
    <message>
        <source>%1: %2, owner %3</source>
        <translation>%1：%2，业主 %3</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>Reopen %1</source>
        <translation>重新开放%1</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭%1</translation>
    </message>
    <message>
        <source>%1  %2 of %3 idle</source>
        <translation>%1&#x3000;空闲 %2 / %3</translation>
    </message>
    <message>
        <source>%1  %2 idle</source>
        <translation>%1&#x3000;空闲 %2</translation>
    </message>
</context>
<context>
    <name>CountTile</name>
    <message>
        <source>%1: %2 pieces</source>
        <translation>%1：%2 张（枚）</translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>没有记录</translation>
    </message>
</context>
<context>
    <name>DeedView</name>
    <message>
        <source>%1 is inside</source>
        <translation>%1 已入场</translation>
    </message>
    <message>
        <source>%1 has left</source>
        <translation>%1 已离场</translation>
    </message>
    <message>
        <source>Pay the refund of %1 in cash</source>
        <translation>以现金退款给 %1</translation>
    </message>
    <message>
        <source>Give the driver this cash</source>
        <translation>请将这笔现金交给车主</translation>
    </message>
    <message>
        <source>Print the ticket of %1 again</source>
        <translation>重印 %1 的停车票</translation>
    </message>
    <message>
        <source>Say so only when somebody has seen the car inside. It is written down with your name and the reason. The stay begins.</source>
        <translation>只有在有人亲眼看到车在场内时才能确认。您的姓名和原因会被记录，停车即开始。</translation>
    </message>
    <message>
        <source>Say so only when somebody has seen that the car is gone. It is written down with your name and the reason. The stay ends. What is still due is waived, also under your name.</source>
        <translation>只有在有人亲眼看到车已离开时才能确认。您的姓名和原因会被记录。停车即结束。待付的金额将被免除，同样记在您的名下。</translation>
    </message>
    <message>
        <source>Only what no provider pays back: what it refused, and what was paid in cash. It is taken from the till of this desk, under your name.</source>
        <translation>只有支付机构不退的部分才以现金支付：被其拒绝的款项，以及原以现金支付的款项。款项从本值班台的钱箱支出，记在您的名下。</translation>
    </message>
    <message>
        <source>It is booked as taken from the till of this desk, for %1.</source>
        <translation>已记账：从本值班台的钱箱支出，退给 %1。</translation>
    </message>
    <message>
        <source>The paper comes out at %1. It is the same ticket: it opens only once, whichever paper is shown.</source>
        <translation>停车票将在 %1 打印。这是同一张票：无论出示哪一张，都只能开闸一次。</translation>
    </message>
    <message>
        <source>Give a reason. Nothing was written.</source>
        <translation>请说明原因。没有记录任何内容。</translation>
    </message>
    <message>
        <source>This is still due. Nothing was written: waive it, or take it in cash first (F2).</source>
        <translation>此金额待付，尚未登记任何内容：请免除，或先收取现金 (F2)。</translation>
    </message>
    <message>
        <source>This stay is in another state by now. Nothing was written.</source>
        <translation>该停车记录的状态已改变。没有记录任何内容。</translation>
    </message>
    <message>
        <source>Nothing waits for cash: its provider is paying it back, or it is paid. No money moved.</source>
        <translation>没有待付的现金退款：支付机构正在退款，或已付清。没有资金变动。</translation>
    </message>
    <message>
        <source>No shift is open at this till (Ctrl+T). No money moved.</source>
        <translation>钱箱尚未开班 (Ctrl+T)。没有资金变动。</translation>
    </message>
    <message>
        <source>Only %1 lies in the till by the books. No money moved.</source>
        <translation>按账面钱箱里只有 %1。没有资金变动。</translation>
    </message>
    <message>
        <source>This stay has ended. Nothing was printed.</source>
        <translation>该停车已结束。没有打印。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was written. Try again.</source>
        <translation>电脑繁忙。没有记录任何内容，请再试一次。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was written. See what needs you, then try again.</source>
        <translation>出了故障。没有记录任何内容，请查看“待处理”后再试。</translation>
    </message>
    <message>
        <source>Car is inside (Enter)</source>
        <translation>车辆已入场 (Enter)</translation>
    </message>
    <message>
        <source>Car has left (Enter)</source>
        <translation>车辆已离场 (Enter)</translation>
    </message>
    <message>
        <source>Car has left: waive it (Enter)</source>
        <translation>车辆已离场：免除 (Enter)</translation>
    </message>
    <message>
        <source>Pay in cash (Enter)</source>
        <translation>支付现金 (Enter)</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成 (Enter)</translation>
    </message>
    <message>
        <source>Print (Enter)</source>
        <translation>打印 (Enter)</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>The stay costs</source>
        <translation>本次停车费用</translation>
    </message>
    <message>
        <source>Escrow covers it.</source>
        <translation>托管款足够支付。</translation>
    </message>
    <message>
        <source>Still due</source>
        <translation>待付</translation>
    </message>
</context>
<context>
    <name>DeskAfterWords</name>
    <message>
        <source>Refund…</source>
        <translation>退款…</translation>
    </message>
    <message>
        <source>Driver disputes…</source>
        <translation>车主有异议…</translation>
    </message>
    <message>
        <source>Uphold the dispute…</source>
        <translation>认可异议…</translation>
    </message>
    <message>
        <source>Refuse the dispute…</source>
        <translation>驳回异议…</translation>
    </message>
    <message>
        <source>Chargeback…</source>
        <translation>银行拒付…</translation>
    </message>
    <message>
        <source>Chargeback lost</source>
        <translation>拒付：我方败</translation>
    </message>
    <message>
        <source>Chargeback won</source>
        <translation>拒付：我方胜</translation>
    </message>
    <message>
        <source>Take the debt in cash</source>
        <translation>现金收欠款</translation>
    </message>
    <message>
        <source>Write the debt off…</source>
        <translation>核销欠款…</translation>
    </message>
    <message>
        <source>Refund %1</source>
        <translation>给 %1 退款</translation>
    </message>
    <message>
        <source>%1 disputes its stay</source>
        <translation>%1 对本次停车有异议</translation>
    </message>
    <message>
        <source>%1 is in the right</source>
        <translation>%1 有理</translation>
    </message>
    <message>
        <source>Refuse the dispute of %1</source>
        <translation>驳回 %1 的异议</translation>
    </message>
    <message>
        <source>A bank took the payment of %1 back</source>
        <translation>银行收回了 %1 的付款</translation>
    </message>
    <message>
        <source>The chargeback of %1 is lost</source>
        <translation>%1 的拒付：我方败</translation>
    </message>
    <message>
        <source>The chargeback of %1 is won</source>
        <translation>%1 的拒付：我方胜</translation>
    </message>
    <message>
        <source>%1 pays its debt</source>
        <translation>%1 付清欠款</translation>
    </message>
    <message>
        <source>Write off the debt of %1</source>
        <translation>核销 %1 的欠款</translation>
    </message>
    <message>
        <source>%1 gets money back</source>
        <translation>%1 得到退款</translation>
    </message>
    <message>
        <source>At most %1 can go back, to whoever paid. A corrective receipt names the receipt. It is written down with your name and the reason.</source>
        <translation>最多可退 %1，退给付款人。更正收据会注明原收据。会连同您的姓名和原因一起记录。</translation>
    </message>
    <message>
        <source>In time within 24 hours when the driver could not park, and 28 days for the charges. Its owner is not paid out before you decide.</source>
        <translation>未能停车须在 24 小时内提出，费用问题须在 28 天内。在您决定之前不向车位业主付款。</translation>
    </message>
    <message>
        <source>Nothing goes back, and the owner is paid out. The driver gets your words.</source>
        <translation>不退款，业主照常收款。您写的话会告知车主。</translation>
    </message>
    <message>
        <source>Copy what the provider writes. The parties keep their shares until it is lost.</source>
        <translation>照支付机构的通知填写。败诉之前各方保留其份额。</translation>
    </message>
    <message>
        <source>%1 stays with the driver&apos;s bank. Owner, manager and operator each lose their part.</source>
        <translation>%1 归车主的银行。业主、物业和运营方各自承担其份额。</translation>
    </message>
    <message>
        <source>The provider gives %1 back. The parties keep their shares, or have them again.</source>
        <translation>支付机构归还 %1。各方保留或重新得到其份额。</translation>
    </message>
    <message>
        <source>Take %1. It goes into the till of this desk, and everyone gets the share.</source>
        <translation>收取 %1，放入本服务台钱箱，各方得到其份额。</translation>
    </message>
    <message>
        <source>%1 is given up. Nobody gets a share of it. It is written down with your name.</source>
        <translation>放弃 %1，谁也不分得份额。会以您的姓名记录。</translation>
    </message>
    <message>
        <source>A wallet has it already. A card gets it as soon as its provider says so.</source>
        <translation>钱包已经到账。银行卡在支付机构确认后到账。</translation>
    </message>
    <message>
        <source>Number of the case at the provider</source>
        <translation>支付机构的案件编号</translation>
    </message>
    <message>
        <source>What the driver says</source>
        <translation>车主的说法</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Could not park</source>
        <translation>未能停车</translation>
    </message>
    <message>
        <source>The price is wrong</source>
        <translation>费用不对</translation>
    </message>
    <message>
        <source>Each gives its part</source>
        <translation>各方分担</translation>
    </message>
    <message>
        <source>Goodwill: the operator pays</source>
        <translation>善意补偿：运营方承担</translation>
    </message>
    <message>
        <source>Write an amount such as 2 or 2.50. No money moved.</source>
        <translation>请填写金额，例如 2 或 2.50。没有动任何款项。</translation>
    </message>
    <message>
        <source>Write in the line what it asks for. Nothing was done.</source>
        <translation>请填写该行要求的内容。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Type your PIN again. No money moved.</source>
        <translation>请再次输入您的密码。没有动任何款项。</translation>
    </message>
    <message>
        <source>A PIN is wrong. No money moved. Type it again.</source>
        <translation>密码不对。没有动任何款项。请重新输入。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. No money moved. Wait until %1.</source>
        <translation>密码错误次数过多。没有动任何款项。请等到 %1。</translation>
    </message>
    <message>
        <source>So much takes two people: name and PIN of another attendant, and yours again. The operator must have confirmed both. No money moved.</source>
        <translation>这个金额需要两个人：另一位值班员的姓名和密码，并再次输入您的密码。两人都须经运营方确认。没有动任何款项。</translation>
    </message>
    <message>
        <source>That is nothing, or more than can go back: at most %1. No money moved.</source>
        <translation>金额为零或超过可退：最多 %1。没有动任何款项。</translation>
    </message>
    <message>
        <source>Too late: this had to be said before %1. Nothing was written.</source>
        <translation>太迟了：须在 %1 之前提出。没有记录。</translation>
    </message>
    <message>
        <source>This stay is disputed already. Nothing was written.</source>
        <translation>本次停车已有异议。没有记录。</translation>
    </message>
    <message>
        <source>This was decided before. Nothing was changed.</source>
        <translation>此前已有决定。没有改动。</translation>
    </message>
    <message>
        <source>Nobody has paid for this stay. Nothing was written.</source>
        <translation>本次停车没有人付过款。没有记录。</translation>
    </message>
    <message>
        <source>Open a shift with a counted till first. No money moved.</source>
        <translation>请先清点钱箱并开班。没有动任何款项。</translation>
    </message>
    <message>
        <source>This debt is paid or written off by now. No money moved.</source>
        <translation>这笔欠款已付清或已核销。没有动任何款项。</translation>
    </message>
    <message>
        <source>Another stay is shown by now. Nothing was done.</source>
        <translation>现在显示的是另一次停车。没有执行任何操作。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was done. Try again.</source>
        <translation>电脑正忙。没有执行任何操作。请重试。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was done. See what needs you, then try again.</source>
        <translation>出错了。没有执行任何操作。请看待办事项，然后重试。</translation>
    </message>
    <message>
        <source>Give it back (Enter)</source>
        <translation>退款（回车）</translation>
    </message>
    <message>
        <source>Refuse it (Enter)</source>
        <translation>驳回（回车）</translation>
    </message>
    <message>
        <source>Cash is in the till (Enter)</source>
        <translation>现金已入钱箱（回车）</translation>
    </message>
    <message>
        <source>Write it off (Enter)</source>
        <translation>核销（回车）</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成（回车）</translation>
    </message>
    <message>
        <source>Write it down (Enter)</source>
        <translation>记录（回车）</translation>
    </message>
    <message>
        <source>%1: dispute written down</source>
        <translation>%1：异议已记录</translation>
    </message>
    <message>
        <source>%1: dispute refused</source>
        <translation>%1：异议已驳回</translation>
    </message>
    <message>
        <source>%1: chargeback written down</source>
        <translation>%1：拒付已记录</translation>
    </message>
    <message>
        <source>%1: chargeback lost</source>
        <translation>%1：拒付我方败</translation>
    </message>
    <message>
        <source>%1: chargeback won</source>
        <translation>%1：拒付我方胜</translation>
    </message>
    <message>
        <source>%1: debt paid</source>
        <translation>%1：欠款已付清</translation>
    </message>
    <message>
        <source>%1: debt written off</source>
        <translation>%1：欠款已核销</translation>
    </message>
    <message>
        <source>%1: explained</source>
        <translation>%1：已说明</translation>
    </message>
    <message>
        <source>%1 was not collected from %2</source>
        <translation>未能从 %2 收取 %1</translation>
    </message>
    <message>
        <source>%1 does not give %2 back</source>
        <translation>%1 不退还 %2</translation>
    </message>
    <message>
        <source>%1 reports %2 more than our books</source>
        <translation>%1 的报告比我们的账目多 %2</translation>
    </message>
    <message>
        <source>%1 reports %2 less than our books</source>
        <translation>%1 的报告比我们的账目少 %2</translation>
    </message>
    <message>
        <source>%1 knows nothing of %2</source>
        <translation>%1 没有 %2 的记录</translation>
    </message>
    <message>
        <source>%1 knows nothing of the refund of %2</source>
        <translation>%1 没有 %2 退款的记录</translation>
    </message>
    <message>
        <source>%1 does not answer about %2</source>
        <translation>%1 对 %2 的询问没有答复</translation>
    </message>
    <message>
        <source>A bank took %1 of %2 back</source>
        <translation>银行收回了 %2 的 %1</translation>
    </message>
    <message>
        <source>%1 owes %2</source>
        <translation>%1 欠 %2</translation>
    </message>
    <message>
        <source>Pay it to the driver in cash, on the page of the stay.</source>
        <translation>请在该次停车的页面上以现金付给车主。</translation>
    </message>
    <message>
        <source>Ask the provider what it was, then explain it here.</source>
        <translation>请向支付机构询问原因，然后在此说明。</translation>
    </message>
    <message>
        <source>It goes when a report has it. If none does, ask the provider, then explain it here.</source>
        <translation>一旦报告中出现，本条即消失。若一直没有，请询问支付机构，然后在此说明。</translation>
    </message>
    <message>
        <source>It is asked again by itself. If it stays, call the provider.</source>
        <translation>系统会自动再次询问。若一直没有答复，请联系支付机构。</translation>
    </message>
    <message>
        <source>“%1” Decide on its page; its owner is not paid out before.</source>
        <translation>“%1”请在其页面作出决定；此前不向业主付款。</translation>
    </message>
    <message>
        <source>Send the evidence, then write on its page who has won.</source>
        <translation>请提交证据，然后在其页面记录胜负。</translation>
    </message>
    <message>
        <source>Send the evidence until %1, then write on its page who has won.</source>
        <translation>请在 %1 之前提交证据，然后在其页面记录胜负。</translation>
    </message>
    <message>
        <source>To be paid until %1: in cash on its page, or with its code.</source>
        <translation>须在 %1 之前付清：在其页面付现金，或凭代码支付。</translation>
    </message>
</context>
<context>
    <name>DeskMoneyWords</name>
    <message>
        <source>In escrow for stays</source>
        <translation>停车托管款</translation>
    </message>
    <message>
        <source>Refunds due</source>
        <translation>待退款</translation>
    </message>
    <message>
        <source>Drivers&apos; wallets</source>
        <translation>车主钱包</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>业主</translation>
    </message>
    <message>
        <source>Property manager</source>
        <translation>物业</translation>
    </message>
    <message>
        <source>Commission</source>
        <translation>平台佣金</translation>
    </message>
    <message>
        <source>VAT on commission</source>
        <translation>佣金增值税</translation>
    </message>
    <message>
        <source>Cash in the till</source>
        <translation>钱箱现金</translation>
    </message>
    <message>
        <source>At the bank</source>
        <translation>银行存款</translation>
    </message>
    <message>
        <source>Owed to the site</source>
        <translation>应收款项</translation>
    </message>
    <message>
        <source>Costs, rounding and all else</source>
        <translation>费用、舍入及其他</translation>
    </message>
    <message>
        <source>Claims on card providers</source>
        <translation>应收支付机构</translation>
    </message>
    <message>
        <source>Escrow</source>
        <translation>托管账户</translation>
    </message>
    <message>
        <source>Refund due</source>
        <translation>待退款</translation>
    </message>
    <message>
        <source>Driver&apos;s wallet</source>
        <translation>车主钱包</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>业主</translation>
    </message>
    <message>
        <source>Owner %1</source>
        <translation>业主 %1</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>增值税</translation>
    </message>
    <message>
        <source>Till %1</source>
        <translation>钱箱 %1</translation>
    </message>
    <message>
        <source>Goodwill</source>
        <translation>善意补偿</translation>
    </message>
    <message>
        <source>Provider&apos;s fees</source>
        <translation>支付机构手续费</translation>
    </message>
    <message>
        <source>Lost chargebacks</source>
        <translation>拒付损失</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Left unpaid</source>
        <translation>未付清</translation>
    </message>
    <message>
        <source>Held by the owner</source>
        <translation>业主代收</translation>
    </message>
    <message>
        <source>Payout on its way</source>
        <translation>在途付款</translation>
    </message>
    <message>
        <source>Vouchers</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>To be explained, %1</source>
        <translation>待说明，%1</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>促销</translation>
    </message>
    <message>
        <source>Bad debts</source>
        <translation>坏账</translation>
    </message>
    <message>
        <source>Cash over or short</source>
        <translation>现金长短款</translation>
    </message>
    <message>
        <source>Provider %1</source>
        <translation>支付机构 %1</translation>
    </message>
    <message>
        <source>Disputed at %1</source>
        <translation>%1 争议中</translation>
    </message>
    <message>
        <source>Owed by a fleet</source>
        <translation>车队欠款</translation>
    </message>
    <message>
        <source>Owed by a shop</source>
        <translation>商户欠款</translation>
    </message>
    <message>
        <source>Owed by the driver</source>
        <translation>车主欠款</translation>
    </message>
    <message>
        <source>Started blocks</source>
        <translation>计费时段</translation>
    </message>
    <message>
        <source>Time to the second</source>
        <translation>按秒计时</translation>
    </message>
    <message>
        <source>Fixed price</source>
        <translation>固定价</translation>
    </message>
    <message>
        <source>Price per entry</source>
        <translation>按次价</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>封顶价</translation>
    </message>
    <message>
        <source>Free time</source>
        <translation>免费时间</translation>
    </message>
    <message>
        <source>Paid by a shop</source>
        <translation>商家代付</translation>
    </message>
    <message>
        <source>Up to the lowest price</source>
        <translation>补足最低价</translation>
    </message>
    <message>
        <source>Not more than promised</source>
        <translation>不超过承诺价</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Surcharge</source>
        <translation>附加费</translation>
    </message>
    <message>
        <source>Before the reserved time</source>
        <translation>预订开始之前</translation>
    </message>
    <message>
        <source>After the reserved time</source>
        <translation>预订结束之后</translation>
    </message>
    <message>
        <source>Surcharge for overstaying</source>
        <translation>超时附加费</translation>
    </message>
    <message>
        <source>Lost ticket</source>
        <translation>遗失停车票</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>取整</translation>
    </message>
    <message>
        <source>Rounding for cash</source>
        <translation>现金取整</translation>
    </message>
    <message>
        <source>This stay has no price: look at it, then open for it.</source>
        <translation>此次停车无法计价：请查看后手动放行。</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>停车费</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税</translation>
    </message>
    <message>
        <source>of which tax</source>
        <translation>其中税额</translation>
    </message>
    <message>
        <source>Supplied by</source>
        <translation>服务提供方</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>Still due</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Waived by the attendant</source>
        <translation>值班员免除</translation>
    </message>
    <message>
        <source>Given back later</source>
        <translation>事后退款</translation>
    </message>
    <message>
        <source>Given back later, goodwill</source>
        <translation>事后退款（善意补偿）</translation>
    </message>
    <message>
        <source>Taken back by a bank</source>
        <translation>被银行收回</translation>
    </message>
    <message>
        <source>Won back from the bank</source>
        <translation>从银行追回</translation>
    </message>
    <message>
        <source>Charge after that</source>
        <translation>退款后的停车费</translation>
    </message>
    <message>
        <source>Top-up</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>Payment at the exit</source>
        <translation>出口付款</translation>
    </message>
    <message>
        <source>Settlement</source>
        <translation>结算</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>未到场</translation>
    </message>
    <message>
        <source>Later refund</source>
        <translation>事后退款</translation>
    </message>
    <message>
        <source>Chargeback</source>
        <translation>银行拒付</translation>
    </message>
    <message>
        <source>Collected from the card</source>
        <translation>已从银行卡收取</translation>
    </message>
    <message>
        <source>Not paid by the provider</source>
        <translation>支付机构未付款</translation>
    </message>
    <message>
        <source>Debt paid</source>
        <translation>欠款已付清</translation>
    </message>
    <message>
        <source>Debt written off</source>
        <translation>欠款已核销</translation>
    </message>
    <message>
        <source>Linked with a reservation</source>
        <translation>已与预订关联</translation>
    </message>
    <message>
        <source>To be explained</source>
        <translation>待说明</translation>
    </message>
    <message>
        <source>Provider&apos;s fee</source>
        <translation>支付机构手续费</translation>
    </message>
    <message>
        <source>Cancellation</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No space left: money back</source>
        <translation>没有车位：退款</translation>
    </message>
    <message>
        <source>Share of a late car&apos;s surcharge</source>
        <translation>超时附加费分成</translation>
    </message>
    <message>
        <source>Its owner took the space back</source>
        <translation>业主收回了车位</translation>
    </message>
    <message>
        <source>Compensation for a recall</source>
        <translation>收回车位的补偿</translation>
    </message>
    <message>
        <source>it came in more than a year ago</source>
        <translation>入场已超过一年</translation>
    </message>
    <message>
        <source>by the clock it has not come in yet</source>
        <translation>按时钟尚未入场</translation>
    </message>
    <message>
        <source>its tariff does not price all of it</source>
        <translation>其价目未覆盖全部时段</translation>
    </message>
</context>
<context>
    <name>DeskPayerWords</name>
    <message>
        <source>A shop pays a part…</source>
        <translation>商户代付一部分…</translation>
    </message>
    <message>
        <source>Hand the car over…</source>
        <translation>转交车辆…</translation>
    </message>
    <message>
        <source>Goodwill…</source>
        <translation>善意补偿…</translation>
    </message>
    <message>
        <source>A shop pays a part for %1</source>
        <translation>商户为 %1 代付一部分</translation>
    </message>
    <message>
        <source>Hand %1 over</source>
        <translation>转交 %1</translation>
    </message>
    <message>
        <source>Goodwill for a wallet</source>
        <translation>给钱包的善意补偿</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>It counts at the exit, never for more than the stay costs. It is written down with your name.</source>
        <translation>出场时抵扣，不超过停车费用。会连同您的姓名一起记录。</translation>
    </message>
    <message>
        <source>The next driver pays from now on, by wallet or fleet pass, and pays a deposit for the booked time that is left. The driver before gets the own rest back at the exit.</source>
        <translation>从现在起由下一位车主用钱包卡或车队卡付款，并为剩余的预订时间付押金。前一位车主的余款在出场时退还。</translation>
    </message>
    <message>
        <source>The car park gives this amount, without a stay. It is written down with your name and the reason.</source>
        <translation>由停车场给予这笔金额，与某次停车无关。会连同您的姓名和原因一起记录。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Amount, such as 2 or 2.50</source>
        <translation>金额，例如 2 或 2.50</translation>
    </message>
    <message>
        <source>Minutes that are paid for</source>
        <translation>代付的分钟数</translation>
    </message>
    <message>
        <source>Percent of the charge, up to 100</source>
        <translation>停车费的百分比，最多 100</translation>
    </message>
    <message>
        <source>Write an amount such as 2 or 2.50. Nothing was done.</source>
        <translation>请填写金额，例如 2 或 2.50。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Write whole minutes. Nothing was done.</source>
        <translation>请填写整分钟数。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Write a whole number from 1 to 100. Nothing was done.</source>
        <translation>请填写 1 到 100 的整数。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Scan or type the pass. Nothing was done.</source>
        <translation>请扫描或输入卡号。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Write a reason. No money moved.</source>
        <translation>请填写原因。没有动任何款项。</translation>
    </message>
    <message>
        <source>The next driver types the PIN of the pass. Nothing was done.</source>
        <translation>请下一位车主输入该卡的密码。没有执行任何操作。</translation>
    </message>
    <message>
        <source>Type your PIN again. No money moved.</source>
        <translation>请再次输入您的密码。没有动任何款项。</translation>
    </message>
    <message>
        <source>The PIN is wrong. No money moved. Type it again.</source>
        <translation>密码不对。没有动任何款项。请重新输入。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. No money moved. Wait until %1.</source>
        <translation>密码错误次数过多。没有动任何款项。请等到 %1。</translation>
    </message>
    <message>
        <source>So much takes two people: name and PIN of another attendant, and yours again. The operator must have confirmed both. No money moved.</source>
        <translation>这个金额需要两个人：另一位值班员的姓名和密码，并再次输入您的密码。两人都须经运营方确认。没有动任何款项。</translation>
    </message>
    <message>
        <source>At most %1 at once. No money moved.</source>
        <translation>一次最多 %1。没有动任何款项。</translation>
    </message>
    <message>
        <source>Nobody has this pass. No money moved. Check the eight signs.</source>
        <translation>没有这个卡号。没有动任何款项。请核对 8 位卡号。</translation>
    </message>
    <message>
        <source>Only %1 is on this wallet: too little for the deposit. No money moved.</source>
        <translation>该钱包只有 %1，不够付押金。没有动任何款项。</translation>
    </message>
    <message>
        <source>The credit of this fleet is used up. Nothing was done.</source>
        <translation>该车队的信用额度已用完。没有执行任何操作。</translation>
    </message>
    <message>
        <source>This car is not inside any more, or its stay is settled. Nothing was done.</source>
        <translation>该车已不在场内，或停车已结算。没有执行任何操作。</translation>
    </message>
    <message>
        <source>This car is not inside any more, or this pass pays for it already. No money moved.</source>
        <translation>该车已不在场内，或已由此卡付款。没有动任何款项。</translation>
    </message>
    <message>
        <source>This shop takes part no more. Choose another one.</source>
        <translation>该商户已不再参与。请选择其他商户。</translation>
    </message>
    <message>
        <source>Another stay is shown by now. Nothing was done.</source>
        <translation>现在显示的是另一次停车。没有执行任何操作。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was done. Try again.</source>
        <translation>电脑正忙。没有执行任何操作。请重试。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was done. See what needs you, then try again.</source>
        <translation>出错了。没有执行任何操作。请看待办事项，然后重试。</translation>
    </message>
    <message>
        <source>Write it down (Enter)</source>
        <translation>记录（回车）</translation>
    </message>
    <message>
        <source>Hand it over (Enter)</source>
        <translation>转交（回车）</translation>
    </message>
    <message>
        <source>Give it (Enter)</source>
        <translation>给予（回车）</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成（回车）</translation>
    </message>
    <message>
        <source>So much it takes off the bill of %1 now; minutes and percent can be more at the exit.</source>
        <translation>现在从 %1 的账单中抵扣这么多；按分钟和百分比的，出场时可能更多。</translation>
    </message>
    <message>
        <source>So much the next driver of %1 has paid as deposit.</source>
        <translation>%1 的下一位车主已付这么多押金。</translation>
    </message>
    <message>
        <source>So much is on the wallet now.</source>
        <translation>钱包现有余额。</translation>
    </message>
</context>
<context>
    <name>DeskTillWords</name>
    <message>
        <source>Float at the start</source>
        <translation>开班备用金</translation>
    </message>
    <message>
        <source>Wallets topped up</source>
        <translation>钱包充值</translation>
    </message>
    <message>
        <source>Taken for stays</source>
        <translation>收取停车费</translation>
    </message>
    <message>
        <source>Debts paid</source>
        <translation>已付欠款</translation>
    </message>
    <message>
        <source>Refunds given</source>
        <translation>支付退款</translation>
    </message>
    <message>
        <source>Wallets paid out</source>
        <translation>钱包提现</translation>
    </message>
    <message>
        <source>Should be in the till</source>
        <translation>账面应有</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>清点金额</translation>
    </message>
    <message>
        <source>Too much</source>
        <translation>长款</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>短款</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>To the bank</source>
        <translation>存入银行</translation>
    </message>
    <message>
        <source>Stays in the till</source>
        <translation>留在钱箱</translation>
    </message>
    <message>
        <source>Taken for other reasons</source>
        <translation>其他收入</translation>
    </message>
    <message>
        <source>Given for other reasons</source>
        <translation>其他支出</translation>
    </message>
</context>
<context>
    <name>DeskTimelineWords</name>
    <message>
        <source>Space reserved</source>
        <translation>已预订车位</translation>
    </message>
    <message>
        <source>Given back after the stay</source>
        <translation>停车后退款</translation>
    </message>
    <message>
        <source>A shop pays a part</source>
        <translation>商户代付一部分</translation>
    </message>
    <message>
        <source>Voucher used</source>
        <translation>已用抵用券</translation>
    </message>
    <message>
        <source>Car handed over</source>
        <translation>车辆已转交</translation>
    </message>
    <message>
        <source>Corrective receipt printed</source>
        <translation>已打印更正收据</translation>
    </message>
    <message>
        <source>Driver disputes the stay</source>
        <translation>车主对停车有异议</translation>
    </message>
    <message>
        <source>Dispute decided</source>
        <translation>异议已决定</translation>
    </message>
    <message>
        <source>A bank took the payment back</source>
        <translation>银行收回了付款</translation>
    </message>
    <message>
        <source>Chargeback won</source>
        <translation>拒付：我方胜</translation>
    </message>
    <message>
        <source>Chargeback lost</source>
        <translation>拒付：我方败</translation>
    </message>
    <message>
        <source>Reservation cancelled</source>
        <translation>预订已取消</translation>
    </message>
    <message>
        <source>Not paid in time</source>
        <translation>未按时付款</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>未到场</translation>
    </message>
    <message>
        <source>Deposit paid</source>
        <translation>已付押金</translation>
    </message>
    <message>
        <source>Payment received</source>
        <translation>已收到付款</translation>
    </message>
    <message>
        <source>Ticket presented</source>
        <translation>出示停车票</translation>
    </message>
    <message>
        <source>No passage: the ticket opens again</source>
        <translation>未通过：停车票可再次使用</translation>
    </message>
    <message>
        <source>Barrier opened by hand</source>
        <translation>人工开闸</translation>
    </message>
    <message>
        <source>What was still due was waived</source>
        <translation>已免除待付差额</translation>
    </message>
    <message>
        <source>No price: charged as booked</source>
        <translation>无法计价：按预订收费</translation>
    </message>
    <message>
        <source>Attendant: the car is inside</source>
        <translation>值班员确认：车辆已入场</translation>
    </message>
    <message>
        <source>Attendant: the car has left</source>
        <translation>值班员确认：车辆已离场</translation>
    </message>
    <message>
        <source>Provider refused the refund</source>
        <translation>支付机构拒绝退款</translation>
    </message>
    <message>
        <source>Refund paid in cash</source>
        <translation>已现金退款</translation>
    </message>
    <message>
        <source>What was due was paid in cash</source>
        <translation>应付款已用现金支付</translation>
    </message>
    <message>
        <source>Ticket printed again</source>
        <translation>已重印停车票</translation>
    </message>
    <message>
        <source>Lost ticket replaced</source>
        <translation>丢失的票已更换</translation>
    </message>
    <message>
        <source>Evidence did not fit</source>
        <translation>凭据不符</translation>
    </message>
    <message>
        <source>Linked with a reservation</source>
        <translation>已与预订关联</translation>
    </message>
    <message>
        <source>Another ticket took its place</source>
        <translation>已由另一张票代替</translation>
    </message>
    <message>
        <source>Change waits to be paid</source>
        <translation>更改待付款</translation>
    </message>
    <message>
        <source>Change given up</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Change not paid in time</source>
        <translation>更改未及时付款</translation>
    </message>
    <message>
        <source>Time or space changed</source>
        <translation>时间或车位已更改</translation>
    </message>
    <message>
        <source>Moved to another space</source>
        <translation>已换到其他车位</translation>
    </message>
    <message>
        <source>Priced by the new space</source>
        <translation>按新车位计价</translation>
    </message>
    <message>
        <source>No space left: money back</source>
        <translation>没有车位：退款</translation>
    </message>
    <message>
        <source>Its owner took the space back</source>
        <translation>车位主人收回车位</translation>
    </message>
    <message>
        <source>Share of a late car&apos;s surcharge</source>
        <translation>超时附加费分成</translation>
    </message>
    <message>
        <source>Let in again, but no car passed</source>
        <translation>再次放行，但无车通过</translation>
    </message>
    <message>
        <source>Drove in</source>
        <translation>已入场</translation>
    </message>
    <message>
        <source>Drove out</source>
        <translation>已出场</translation>
    </message>
    <message>
        <source>A provider&apos;s answer cannot be true</source>
        <translation>支付机构的答复不可信</translation>
    </message>
    <message>
        <source>The card&apos;s promise to pay has run out</source>
        <translation>银行卡授权已过期</translation>
    </message>
    <message>
        <source>The provider did not pay the deposit</source>
        <translation>支付机构未支付押金</translation>
    </message>
    <message>
        <source>The provider has paid after all</source>
        <translation>支付机构最终已付款</translation>
    </message>
    <message>
        <source>A refund lowered the debt</source>
        <translation>退款抵减了欠款</translation>
    </message>
    <message>
        <source>Left without paying all</source>
        <translation>未付清即离场</translation>
    </message>
    <message>
        <source>Debt paid</source>
        <translation>欠款已付清</translation>
    </message>
    <message>
        <source>Debt written off</source>
        <translation>欠款已核销</translation>
    </message>
    <message>
        <source>Deposit promised by the card</source>
        <translation>押金已由银行卡授权</translation>
    </message>
    <message>
        <source>The driver waits: the desk was rung</source>
        <translation>车主在等待：已呼叫值班台</translation>
    </message>
    <message>
        <source>The evidence begins here</source>
        <translation>证据从此开始</translation>
    </message>
    <message>
        <source>The books were proved</source>
        <translation>账目已存证</translation>
    </message>
    <message>
        <source>What the lane saw was kept</source>
        <translation>车道记录已保存</translation>
    </message>
    <message>
        <source>Leaving without paying was refused</source>
        <translation>未付款离场被拒绝</translation>
    </message>
    <message>
        <source>Missing payment explained</source>
        <translation>缺失的付款已说明</translation>
    </message>
    <message>
        <source>The provider has paid the refund after all</source>
        <translation>支付机构最终已退款</translation>
    </message>
    <message>
        <source>Only a part of the refund was paid</source>
        <translation>只退了一部分款项</translation>
    </message>
    <message>
        <source>The card&apos;s promise could not be given back</source>
        <translation>银行卡授权未能撤销</translation>
    </message>
    <message>
        <source>Not in the provider&apos;s report</source>
        <translation>不在支付机构的报表中</translation>
    </message>
    <message>
        <source>What nobody could explain is explained</source>
        <translation>无法说明的款项已说明</translation>
    </message>
    <message>
        <source>assumed, no loop saw the car</source>
        <translation>推定，无地感检测到车辆</translation>
    </message>
    <message>
        <source>%1, of which %2 was open</source>
        <translation>%1，其中 %2 尚未付</translation>
    </message>
    <message>
        <source>in the right</source>
        <translation>有理</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>its space was occupied</source>
        <translation>其车位被占用</translation>
    </message>
    <message>
        <source>its space is out of order</source>
        <translation>其车位停用</translation>
    </message>
    <message>
        <source>it stands there</source>
        <translation>车停在那里</translation>
    </message>
    <message>
        <source>made room for another car</source>
        <translation>为另一辆车让位</translation>
    </message>
    <message>
        <source>a car leaves late</source>
        <translation>有车超时未离开</translation>
    </message>
    <message>
        <source>its owner needs the space</source>
        <translation>主人需要车位</translation>
    </message>
    <message>
        <source>the card was declined</source>
        <translation>银行卡被拒</translation>
    </message>
    <message>
        <source>the provider did not answer</source>
        <translation>支付机构没有答复</translation>
    </message>
    <message>
        <source>the provider could not be reached</source>
        <translation>无法联系支付机构</translation>
    </message>
    <message>
        <source>the provider did not pay</source>
        <translation>支付机构未付款</translation>
    </message>
    <message>
        <source>nobody has tried to pay</source>
        <translation>没有尝试付款</translation>
    </message>
    <message>
        <source>the provider is still asked</source>
        <translation>仍在询问支付机构</translation>
    </message>
    <message>
        <source>the plate is not known</source>
        <translation>车牌未知</translation>
    </message>
    <message>
        <source>too much for one stay</source>
        <translation>单次停车金额过大</translation>
    </message>
    <message>
        <source>too much is open of this plate</source>
        <translation>该车牌欠款过多</translation>
    </message>
    <message>
        <source>too much is open at the site</source>
        <translation>本场欠款过多</translation>
    </message>
    <message>
        <source>too much while the provider is in doubt</source>
        <translation>支付机构不明确时金额过大</translation>
    </message>
    <message>
        <source>against the plate</source>
        <translation>凭车牌</translation>
    </message>
    <message>
        <source>against the pass</source>
        <translation>凭钱包卡</translation>
    </message>
    <message>
        <source>against the short code</source>
        <translation>凭短代码</translation>
    </message>
    <message>
        <source>good for the entrance</source>
        <translation>可以入场</translation>
    </message>
    <message>
        <source>%1 still due</source>
        <translation>待付 %1</translation>
    </message>
    <message>
        <source>receipt %1</source>
        <translation>收据 %1</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无法计价</translation>
    </message>
    <message>
        <source>not good any more</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>its car is inside with another ticket</source>
        <translation>其车已用另一张票入场</translation>
    </message>
    <message>
        <source>too early</source>
        <translation>太早</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>时间已过</translation>
    </message>
    <message>
        <source>used already</source>
        <translation>已使用</translation>
    </message>
    <message>
        <source>no entry is known</source>
        <translation>没有入场记录</translation>
    </message>
    <message>
        <source>the car backed out</source>
        <translation>车辆倒出</translation>
    </message>
    <message>
        <source>the car did not move</source>
        <translation>车辆未移动</translation>
    </message>
    <message>
        <source>the lane had too much to do</source>
        <translation>车道过于繁忙</translation>
    </message>
    <message>
        <source>an attendant closed the arm</source>
        <translation>值班员已落杆</translation>
    </message>
    <message>
        <source>the arm was up for a fire</source>
        <translation>火警时栏杆抬起</translation>
    </message>
    <message>
        <source>an attendant stopped the arm</source>
        <translation>值班员停止了栏杆</translation>
    </message>
    <message>
        <source>the arm was held open</source>
        <translation>栏杆保持开启</translation>
    </message>
    <message>
        <source>the lane was locked</source>
        <translation>车道已锁定</translation>
    </message>
    <message>
        <source>the loop is in doubt</source>
        <translation>地感不可信</translation>
    </message>
    <message>
        <source>it had been used already</source>
        <translation>已经使用过</translation>
    </message>
    <message>
        <source>no car before the barrier</source>
        <translation>道闸前没有车</translation>
    </message>
    <message>
        <source>the arm did not open</source>
        <translation>栏杆没有打开</translation>
    </message>
    <message>
        <source>the arm closed before the car came</source>
        <translation>车辆到达前栏杆已关闭</translation>
    </message>
    <message>
        <source>another order came</source>
        <translation>被新的指令取代</translation>
    </message>
    <message>
        <source>the computer was started again</source>
        <translation>系统已重新启动</translation>
    </message>
    <message>
        <source>the lane is out of order</source>
        <translation>车道停用</translation>
    </message>
    <message>
        <source>the lane was busy</source>
        <translation>车道占用中</translation>
    </message>
</context>
<context>
    <name>DeskWords</name>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已预订</translation>
    </message>
    <message>
        <source>Occupied</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Not shared</source>
        <translation>未共享</translation>
    </message>
    <message>
        <source>Overstayed</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Not paid yet</source>
        <translation>未付款</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>待入场</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>在场</translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation>离场中</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>已离场</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>未到场</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>人工放行</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Car waiting</source>
        <translation>有车等候</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在开启</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>已开启</translation>
    </message>
    <message>
        <source>Car passing</source>
        <translation>车辆通过中</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>%1</source>
        <comment>the name of an entrance</comment>
        <translation>入口 %1</translation>
    </message>
    <message>
        <source>%1</source>
        <comment>the name of an exit</comment>
        <translation>出口 %1</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>已关联</translation>
    </message>
    <message>
        <source>Sent away</source>
        <translation>无车位</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>已收回</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>By hand, assumed</source>
        <translation>人工，推定</translation>
    </message>
    <message>
        <source>Passage assumed: no loop saw the car</source>
        <translation>推定通过：无地感检测到车辆</translation>
    </message>
    <message>
        <source>By hand; passage assumed: no loop saw the car</source>
        <translation>人工；推定通过：无地感检测到车辆</translation>
    </message>
    <message>
        <source>Open for fire</source>
        <translation>火警开启</translation>
    </message>
    <message>
        <source>Held open</source>
        <translation>保持开启</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>开闸…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>落杆</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Hold open…</source>
        <translation>保持开启…</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除保持</translation>
    </message>
    <message>
        <source>Lock…</source>
        <translation>锁定…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>the lane does not answer</source>
        <translation>车道没有应答</translation>
    </message>
    <message>
        <source>a fire is reported</source>
        <translation>有火警</translation>
    </message>
    <message>
        <source>held open, release it first</source>
        <translation>保持开启中，请先解除</translation>
    </message>
    <message>
        <source>something is under the arm</source>
        <translation>栏杆下有车辆或物品</translation>
    </message>
    <message>
        <source>the loop is in doubt, reset first</source>
        <translation>地感不可信，请先复位</translation>
    </message>
    <message>
        <source>nobody knows what is under the arm</source>
        <translation>栏杆下情况未知</translation>
    </message>
    <message>
        <source>the lane has no relay for it</source>
        <translation>车道没有相应的继电器</translation>
    </message>
    <message>
        <source>the lane has too much to do, try again</source>
        <translation>车道过于繁忙，请重试</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>有车</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>无车</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>The lane&apos;s relay board does not answer</source>
        <translation>车道继电器板无应答</translation>
    </message>
    <message>
        <source>The arm does not report that it is closed</source>
        <translation>栏杆未报告已关闭</translation>
    </message>
    <message>
        <source>The arm did not open</source>
        <translation>栏杆没有打开</translation>
    </message>
    <message>
        <source>The arm did not close</source>
        <translation>栏杆没有关闭</translation>
    </message>
    <message>
        <source>The loop under the arm has been covered for long</source>
        <translation>栏杆下的地感长时间有车</translation>
    </message>
    <message>
        <source>Open and closed are reported at once</source>
        <translation>同时报告开到位和关到位</translation>
    </message>
    <message>
        <source>An open order was not confirmed</source>
        <translation>开闸指令未得到确认</translation>
    </message>
    <message>
        <source>Fire: the arm is kept up</source>
        <translation>火警：栏杆保持抬起</translation>
    </message>
    <message>
        <source>Stopped by an attendant</source>
        <translation>已被值班员停止</translation>
    </message>
    <message>
        <source>The loops may not see the cars</source>
        <translation>地感可能检测不到车辆</translation>
    </message>
    <message>
        <source>A relay does not obey: the lane is locked</source>
        <translation>继电器不受控：车道已锁定</translation>
    </message>
    <message>
        <source>Lane fault %1</source>
        <translation>车道故障 %1</translation>
    </message>
    <message>
        <source>Check power and cable of the board. It comes back by itself. No ticket is lost.</source>
        <translation>请检查控制板的电源和电缆。恢复后自动工作，停车票不受影响。</translation>
    </message>
    <message>
        <source>Look at the arm. Move whatever blocks it, then reset.</source>
        <translation>请查看栏杆，移开障碍物后复位。</translation>
    </message>
    <message>
        <source>Look at the barrier, open it with the key if a car waits, then reset.</source>
        <translation>请查看道闸；有车等候时用钥匙打开，然后复位。</translation>
    </message>
    <message>
        <source>Look for a car or a thing under the arm. Clears when the arm is down.</source>
        <translation>请查看栏杆下有无车辆或物品。栏杆落下后自动解除。</translation>
    </message>
    <message>
        <source>Look for a standing car. If there is none, call service for the loop.</source>
        <translation>请查看有无停留车辆；没有则报修地感。</translation>
    </message>
    <message>
        <source>Call service: a limit switch is broken. The lane still opens.</source>
        <translation>请报修：限位开关损坏。车道仍可开启。</translation>
    </message>
    <message>
        <source>Look whether the arm is up before you open again.</source>
        <translation>再次开闸前，请确认栏杆是否已抬起。</translation>
    </message>
    <message>
        <source>Follow the fire plan. The arm stays up until the fire is over and you reset.</source>
        <translation>请按消防预案处理。火警解除并复位之前，栏杆一直抬起。</translation>
    </message>
    <message>
        <source>Look at the lane. Reset when nobody is near the arm. No ticket opens before.</source>
        <translation>请查看车道，确认栏杆附近无人后复位。此前停车票不能开闸。</translation>
    </message>
    <message>
        <source>Look whether the car is through and say so on its page. Check the loops, then reset.</source>
        <translation>请查看车辆是否已通过，并在其页面登记。检查地感后复位。</translation>
    </message>
    <message>
        <source>Call service for the relay board. Then reset and unlock the lane.</source>
        <translation>请联系维修继电器板，然后复位并解锁车道。</translation>
    </message>
    <message>
        <source>Look at the lane, then reset.</source>
        <translation>请查看车道，然后复位。</translation>
    </message>
    <message>
        <source>Free space on the data partition; exits stay possible by the desk.</source>
        <translation>请清理数据分区的空间；仍可由值班台放行出场。</translation>
    </message>
    <message>
        <source>Stop the other program that has this site open, then start again.</source>
        <translation>请关闭占用本停车场数据的另一个程序，然后重新启动。</translation>
    </message>
    <message>
        <source>Stop, keep the file, restore the latest backup and call support.</source>
        <translation>请停用，保留该文件，恢复最近的备份，并联系技术支持。</translation>
    </message>
    <message>
        <source>%1, not done: %2</source>
        <translation>%1，未执行：%2</translation>
    </message>
    <message>
        <source>Paper comes out at %1</source>
        <translation>%1 正在出纸</translation>
    </message>
    <message>
        <source>%1 signs in no more</source>
        <translation>%1 不能再登录</translation>
    </message>
    <message>
        <source>%1 may sign in again</source>
        <translation>%1 可以再次登录</translation>
    </message>
    <message>
        <source>%1 was ordered to close</source>
        <translation>已指令 %1 落杆</translation>
    </message>
    <message>
        <source>%1 was stopped</source>
        <translation>%1 已停止</translation>
    </message>
    <message>
        <source>%1 is held open</source>
        <translation>%1 保持开启</translation>
    </message>
    <message>
        <source>%1 is released</source>
        <translation>%1 已解除保持</translation>
    </message>
    <message>
        <source>%1 is locked</source>
        <translation>%1 已锁定</translation>
    </message>
    <message>
        <source>%1 is unlocked</source>
        <translation>%1 已解锁</translation>
    </message>
    <message>
        <source>%1 was ordered to open</source>
        <translation>已指令 %1 开闸</translation>
    </message>
    <message>
        <source>%1 taken in cash</source>
        <translation>已收现金%1</translation>
    </message>
    <message>
        <source>%1 was told to reset</source>
        <translation>已要求 %1 复位</translation>
    </message>
    <message>
        <source>%1 is inside</source>
        <translation>%1 已入场</translation>
    </message>
    <message>
        <source>%1 has left</source>
        <translation>%1 已离场</translation>
    </message>
    <message>
        <source>New ticket printed at %1</source>
        <translation>新票已在%1打印</translation>
    </message>
    <message>
        <source>Linked; %1 goes back</source>
        <translation>已关联；退还%1</translation>
    </message>
    <message>
        <source>Moved to %1</source>
        <translation>已换到%1</translation>
    </message>
    <message>
        <source>Money back: %1</source>
        <translation>退款：%1</translation>
    </message>
    <message>
        <source>%1 is closed</source>
        <translation>%1已关闭</translation>
    </message>
    <message>
        <source>%1 is open again</source>
        <translation>%1已重新开放</translation>
    </message>
    <message>
        <source>Ticket printed at %1</source>
        <translation>停车票已在 %1 打印</translation>
    </message>
    <message>
        <source>Many cars at once</source>
        <translation>车辆集中进出</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Delivery or removal</source>
        <translation>送货或搬运</translation>
    </message>
    <message>
        <source>Barrier is broken</source>
        <translation>道闸损坏</translation>
    </message>
    <message>
        <source>Work in the lane</source>
        <translation>车道施工</translation>
    </message>
    <message>
        <source>Accident or obstacle</source>
        <translation>事故或障碍物</translation>
    </message>
    <message>
        <source>Ice or water</source>
        <translation>结冰或积水</translation>
    </message>
    <message>
        <source>Service asked for it</source>
        <translation>维修要求</translation>
    </message>
    <message>
        <source>Broken or dirty</source>
        <translation>损坏或脏污</translation>
    </message>
    <message>
        <source>Blocked by a car</source>
        <translation>被车辆占用</translation>
    </message>
    <message>
        <source>Building work</source>
        <translation>施工</translation>
    </message>
    <message>
        <source>Kept free for an event</source>
        <translation>为活动预留</translation>
    </message>
    <message>
        <source>Seen at its space</source>
        <translation>在车位上看到</translation>
    </message>
    <message>
        <source>Seen driving in</source>
        <translation>看到驶入</translation>
    </message>
    <message>
        <source>Barrier opened with its key</source>
        <translation>用钥匙打开了道闸</translation>
    </message>
    <message>
        <source>Lane was out of order</source>
        <translation>车道当时有故障</translation>
    </message>
    <message>
        <source>Its space is empty</source>
        <translation>车位已空</translation>
    </message>
    <message>
        <source>Seen driving out</source>
        <translation>看到驶出</translation>
    </message>
    <message>
        <source>Ticket does not scan, plate checked</source>
        <translation>停车票无法扫描，已核对车牌</translation>
    </message>
    <message>
        <source>Ticket lost, plate checked</source>
        <translation>停车票遗失，已核对车牌</translation>
    </message>
    <message>
        <source>Payment does not work</source>
        <translation>无法付款</translation>
    </message>
    <message>
        <source>Service or delivery</source>
        <translation>服务或送货</translation>
    </message>
    <message>
        <source>Breakdown, car must get out</source>
        <translation>车辆故障，需要离场</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急情况</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>Number pad</source>
        <translation>数字键盘</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
</context>
<context>
    <name>DurationChooser</name>
    <message>
        <source>How long: %1, %2</source>
        <translation>停放时长：%1，%2</translation>
    </message>
    <message>
        <source>Shorter</source>
        <translation>缩短</translation>
    </message>
    <message>
        <source>Longer</source>
        <translation>延长</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>accessible</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>with charger</source>
        <translation>有充电桩</translation>
    </message>
    <message>
        <source>{space}, taken</source>
        <translation>{space}，已占用</translation>
    </message>
    <message>
        <source>{space}, not for this car</source>
        <translation>{space}，不适合此车</translation>
    </message>
    <message>
        <source>{space}, yours</source>
        <translation>{space}，您的车位</translation>
    </message>
    <message>
        <source>{space}, free, best for you</source>
        <translation>{space}，空闲，最适合您</translation>
    </message>
    <message>
        <source>{space}, free</source>
        <translation>{space}，空闲</translation>
    </message>
    <message>
        <source>Please choose a shorter time.</source>
        <translation>请选择更短的时间。</translation>
    </message>
    <message>
        <source>You can park here from {shortest} to {longest}.</source>
        <translation>在此可停{shortest}至{longest}。</translation>
    </message>
    <message>
        <source>{area} has no suitable space free: {window}.</source>
        <translation>{area}在{window}没有合适的空位。</translation>
    </message>
    <message>
        <source>Please choose a time between the two.</source>
        <translation>请在两者之间选择时长。</translation>
    </message>
    <message>
        <source>Somebody took this space a moment ago.</source>
        <translation>这个车位刚刚被他人选走。</translation>
    </message>
    <message>
        <source>Please choose another one; your entries are kept.</source>
        <translation>请另选一个，您的输入已保留。</translation>
    </message>
    <message>
        <source>In {area} you can park for {longest} at most.</source>
        <translation>{area}最多可停{longest}。</translation>
    </message>
    <message>
        <source>{area} has no price for this time.</source>
        <translation>{area}在此时段没有价格。</translation>
    </message>
    <message>
        <source>Please choose another area, or press Help.</source>
        <translation>请选择其他区域，或按“帮助”。</translation>
    </message>
    <message>
        <source>This time has begun already.</source>
        <translation>这个时间已经开始。</translation>
    </message>
    <message>
        <source>Please choose a later time.</source>
        <translation>请选择更晚的时间。</translation>
    </message>
    <message>
        <source>Spaces can be booked up to {time}.</source>
        <translation>车位最晚可预订到 {time}。</translation>
    </message>
    <message>
        <source>Please choose an earlier time.</source>
        <translation>请选择更早的时间。</translation>
    </message>
    <message>
        <source>The last spaces of {area} are for those who come without booking.</source>
        <translation>{area}的最后几个车位留给未预订的车主。</translation>
    </message>
    <message>
        <source>Please choose another area or another time.</source>
        <translation>请选择其他区域或其他时间。</translation>
    </message>
    <message>
        <source>Your car does not fit space {space}.</source>
        <translation>您的车不适合车位 {space}。</translation>
    </message>
    <message>
        <source>Please choose another space.</source>
        <translation>请选择其他车位。</translation>
    </message>
    <message>
        <source>This plate cannot be read.</source>
        <translation>无法识别此车牌。</translation>
    </message>
    <message>
        <source>Please type it again, at most {count} signs.</source>
        <translation>请重新输入，最多{count}位。</translation>
    </message>
    <message>
        <source>This plate has a paid space already: {window}.</source>
        <translation>此车牌已有付款的车位：{window}。</translation>
    </message>
    <message>
        <source>Show your ticket again, or correct the plate.</source>
        <translation>请重新显示停车票，或更正车牌。</translation>
    </message>
    <message>
        <source>This space is not waiting for your payment any more.</source>
        <translation>此车位不再等待您付款。</translation>
    </message>
    <message>
        <source>Nothing was charged now.</source>
        <translation>本次未扣款。</translation>
    </message>
    <message>
        <source>Have you paid before? Show your ticket. Or choose again.</source>
        <translation>已经付过款？请显示停车票。也可以重新选择。</translation>
    </message>
    <message>
        <source>The time to pay is over; the space was given back.</source>
        <translation>付款时间已过，车位已释放。</translation>
    </message>
    <message>
        <source>Please choose again; your entries are kept.</source>
        <translation>请重新选择，您的输入已保留。</translation>
    </message>
    <message>
        <source>You did not drive in.</source>
        <translation>您没有驶入。</translation>
    </message>
    <message>
        <source>The barrier did not open.</source>
        <translation>道闸没有打开。</translation>
    </message>
    <message>
        <source>Your ticket stays good.</source>
        <translation>停车票仍然有效。</translation>
    </message>
    <message>
        <source>This ticket is for the exit.</source>
        <translation>这张停车票用于出口。</translation>
    </message>
    <message>
        <source>{area} has no space free: {window}.</source>
        <translation>{area}在{window}没有空位。</translation>
    </message>
    <message>
        <source>Please choose another time or another area.</source>
        <translation>请选择其他时间或其他区域。</translation>
    </message>
    <message>
        <source>Please press Help: an attendant looks.</source>
        <translation>请按“帮助”，工作人员会查看。</translation>
    </message>
    <message>
        <source>No paid space waits for this pass.</source>
        <translation>此钱包卡没有已付款的车位。</translation>
    </message>
    <message>
        <source>Please choose a space, or press Help if you have paid.</source>
        <translation>请选择车位；如已付款，请按“帮助”。</translation>
    </message>
    <message>
        <source>Very many people are choosing right now.</source>
        <translation>当前选择车位的人很多。</translation>
    </message>
    <message>
        <source>Please try again in a moment; your entries are kept.</source>
        <translation>请稍后再试，您的输入已保留。</translation>
    </message>
    <message>
        <source>You can get a ticket for this car park here.</source>
        <translation>您可以在此购买本停车场的停车票。</translation>
    </message>
    <message>
        <source>You are early: your time has not begun yet.</source>
        <translation>您来早了，预订时间还没有开始。</translation>
    </message>
    <message>
        <source>The barrier opens for you from {time} on.</source>
        <translation>{time}起道闸为您开启。</translation>
    </message>
    <message>
        <source>You can get a new ticket here, or press Help.</source>
        <translation>您可以在此购买新票，或按“帮助”。</translation>
    </message>
    <message>
        <source>A car drove in with this ticket on {time}.</source>
        <translation>此票已于{time}驶入一辆车。</translation>
    </message>
    <message>
        <source>fixed prices by the time of day</source>
        <translation>按时段固定收费</translation>
    </message>
    <message>
        <source>from {price}, by how long you stay</source>
        <translation>{price}起，按停车时长</translation>
    </message>
    <message>
        <source>from {price}, by the time of day</source>
        <translation>{price}起，按时段</translation>
    </message>
    <message>
        <source>from {price}</source>
        <translation>{price}起</translation>
    </message>
    <message>
        <source>{price}, at least {least}</source>
        <translation>{price}，最低 {least}</translation>
    </message>
    <message>
        <source>{price}, plus surcharges</source>
        <translation>{price}，另收附加费</translation>
    </message>
    <message>
        <source>later also {price} from then on</source>
        <translation>之后另加收，自该时刻起{price}</translation>
    </message>
    <message>
        <source>later also {price} from your booked end on</source>
        <translation>之后另加收，自预订结束起{price}</translation>
    </message>
    <message>
        <source>{price}, {most}</source>
        <translation>{price}，{most}</translation>
    </message>
    <message>
        <source>at most {price}</source>
        <translation>最多 {price}</translation>
    </message>
    <message>
        <source>the price of that time</source>
        <translation>该时段的价格</translation>
    </message>
    <message>
        <source>{percent} of the price of that time</source>
        <translation>该时段价格的 {percent}</translation>
    </message>
    <message>
        <source>{price} per hour, by the second</source>
        <translation>每小时 {price}，按秒计</translation>
    </message>
    <message>
        <source>{price} per {span}, by the second</source>
        <translation>每{span} {price}，按秒计</translation>
    </message>
    <message>
        <source>{price} per hour, by the minute</source>
        <translation>每小时 {price}，按分钟计</translation>
    </message>
    <message>
        <source>{price} per started hour</source>
        <translation>每小时{price}（不足按一小时计）</translation>
    </message>
    <message>
        <source>{price} per started {block}</source>
        <translation>每{block}{price}（不足按整段计）</translation>
    </message>
    <message>
        <source>at most {price} in 24&#xa0;h</source>
        <translation>24小时最多 {price}</translation>
    </message>
    <message>
        <source>at most {price} a day</source>
        <translation>每天最多 {price}</translation>
    </message>
    <message>
        <source>no price for this time</source>
        <translation>此时段没有价格</translation>
    </message>
    <message>
        <source>{part} until {time}</source>
        <translation>{time}前退{part}</translation>
    </message>
    <message>
        <source>Later: {window}</source>
        <translation>晚些：{window}</translation>
    </message>
    <message>
        <source>Earlier: {window}</source>
        <translation>早些：{window}</translation>
    </message>
    <message>
        <source>Shorter: {window}</source>
        <translation>短些：{window}</translation>
    </message>
    <message>
        <source>{area}, at the same time</source>
        <translation>{area}，同一时间</translation>
    </message>
    <message>
        <source>{area}, for {duration}</source>
        <translation>{area}，停{duration}</translation>
    </message>
    <message>
        <source>Two spaces, one after the other</source>
        <translation>先后使用两个车位</translation>
    </message>
    <message>
        <source>{area}: you move your car at {time}</source>
        <translation>{area}：您在{time}换车位</translation>
    </message>
</context>
<context>
    <name>EntryAttract</name>
    <message>
        <source>Touch to start</source>
        <translation>触摸开始</translation>
    </message>
    <message>
        <source>spaces free now</source>
        <translation>个空闲车位</translation>
    </message>
    <message>
        <source>space free now</source>
        <translation>个空闲车位</translation>
    </message>
    <message>
        <source>Open day and night</source>
        <translation>全天开放</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>开放时间 %1</translation>
    </message>
    <message>
        <source>You have a ticket? Hold it to the reader: no touch needed.</source>
        <translation>已有停车票？对准读码器即可，无需触摸。</translation>
    </message>
    <message>
        <source>My ticket: show, change or cancel it</source>
        <translation>我的停车票：查看、更改或取消</translation>
    </message>
</context>
<context>
    <name>EntryBoard</name>
    <message>
        <source>%1: full</source>
        <translation>%1：已满</translation>
    </message>
    <message>
        <source>%1: %2 free</source>
        <translation>%1：空闲 %2</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>none free</source>
        <translation>暂无空位</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>EntryCar</name>
    <message>
        <source>What does your car need?</source>
        <translation>您的车需要什么？</translation>
    </message>
    <message>
        <source>Only spaces that fit are offered. Most cars need nothing of this.</source>
        <translation>只显示适合的车位。大多数车不需要这些。</translation>
    </message>
    <message>
        <source>A charger for an electric car</source>
        <translation>电动车充电桩</translation>
    </message>
    <message>
        <source>An accessible space</source>
        <translation>无障碍车位</translation>
    </message>
    <message>
        <source>Room for a high car, over 2&#xa0;m</source>
        <translation>适合2米以上的高车</translation>
    </message>
    <message>
        <source>Any space will do</source>
        <translation>任何车位都可以</translation>
    </message>
    <message>
        <source>Go on with this</source>
        <translation>按此继续</translation>
    </message>
</context>
<context>
    <name>EntryChoose</name>
    <message>
        <source>Which space?</source>
        <translation>选择哪个车位？</translation>
    </message>
    <message>
        <source>%1 spaces free for %2</source>
        <translation>%2 有 %1 个空闲车位</translation>
    </message>
    <message>
        <source>1 space free for %1</source>
        <translation>%1 有 1 个空闲车位</translation>
    </message>
    <message>
        <source>Space before</source>
        <translation>上一个车位</translation>
    </message>
    <message>
        <source>Best for you</source>
        <translation>最适合您</translation>
    </message>
    <message>
        <source>Free until %1</source>
        <translation>空闲至 %1</translation>
    </message>
    <message>
        <source>Next space</source>
        <translation>下一个车位</translation>
    </message>
    <message>
        <source>Take space %1</source>
        <translation>选择车位 %1</translation>
    </message>
    <message>
        <source>Take the best one for me</source>
        <translation>为我选择最佳车位</translation>
    </message>
</context>
<context>
    <name>EntryDrive</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Drive in slowly, one car only.</source>
        <translation>请慢速驶入，每次一辆车。</translation>
    </message>
    <message>
        <source>Your space</source>
        <translation>您的车位</translation>
    </message>
    <message>
        <source>Your space is now %1, not %2</source>
        <translation>您的车位现在是%1，不是%2</translation>
    </message>
</context>
<context>
    <name>EntryFind</name>
    <message>
        <source>Where and how long?</source>
        <translation>停在哪里，停多久？</translation>
    </message>
    <message>
        <source>not bookable</source>
        <translation>不可预订</translation>
    </message>
    <message>
        <source>suitable for %1</source>
        <translation>合适，%1</translation>
    </message>
    <message>
        <source>free for %1</source>
        <translation>可停%1</translation>
    </message>
    <message>
        <source>none suitable</source>
        <translation>无合适车位</translation>
    </message>
    <message>
        <source>none free</source>
        <translation>无空位</translation>
    </message>
    <message>
        <source>Areas before</source>
        <translation>上一页区域</translation>
    </message>
    <message>
        <source>More areas</source>
        <translation>更多区域</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>My car needs</source>
        <translation>我的车需要</translation>
    </message>
    <message>
        <source>nothing special</source>
        <translation>无特殊需要</translation>
    </message>
    <message>
        <source>%1 things</source>
        <translation>%1项</translation>
    </message>
    <message>
        <source>a charger</source>
        <translation>充电桩</translation>
    </message>
    <message>
        <source>an accessible space</source>
        <translation>无障碍车位</translation>
    </message>
    <message>
        <source>room for its height</source>
        <translation>足够的净高</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show spaces for %1</source>
        <translation>查看车位，%1</translation>
    </message>
    <message>
        <source>Please choose an area</source>
        <translation>请选择区域</translation>
    </message>
    <message>
        <source>Show what comes nearest</source>
        <translation>查看最接近的选择</translation>
    </message>
</context>
<context>
    <name>EntryMain</name>
    <message>
        <source>Otherwise this screen starts again. Your ticket is paid and stays good.</source>
        <translation>否则本屏幕将重新开始。您的停车票已付款，仍然有效。</translation>
    </message>
    <message>
        <source>Otherwise this screen starts again. Nothing is paid.</source>
        <translation>否则本屏幕将重新开始。不会扣款。</translation>
    </message>
</context>
<context>
    <name>EntryNote</name>
    <message>
        <source>The barrier stays closed</source>
        <translation>道闸未打开</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍等</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>现在请您</translation>
    </message>
    <message>
        <source>Show my ticket</source>
        <translation>显示我的停车票</translation>
    </message>
    <message>
        <source>My ticket: show, change or cancel it</source>
        <translation>我的停车票：查看、更改或取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
    <message>
        <source>No, go back</source>
        <translation>不，返回</translation>
    </message>
</context>
<context>
    <name>EntryNothing</name>
    <message>
        <source>Nothing is free then</source>
        <translation>该时间没有空位</translation>
    </message>
    <message>
        <source>This can be had instead:</source>
        <translation>您可以选择：</translation>
    </message>
    <message>
        <source>Of what fits your car, this can be had instead:</source>
        <translation>适合您的车的，您可以选择：</translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation>重新选择</translation>
    </message>
</context>
<context>
    <name>EntryOutOfOrder</name>
    <message>
        <source>This entrance is out of order</source>
        <translation>此入口发生故障</translation>
    </message>
    <message>
        <source>Fire alarm: do not drive in</source>
        <translation>火警：请勿驶入</translation>
    </message>
    <message>
        <source>This entrance is closed now</source>
        <translation>此入口现已关闭</translation>
    </message>
    <message>
        <source>Leave room for those who come out, and follow the staff. A ticket that is paid stays good.</source>
        <translation>请给出场车辆让路，并听从工作人员指挥。已付款的停车票继续有效。</translation>
    </message>
    <message>
        <source>Please use another entrance, or press Help. A ticket that is paid stays good. Nothing else was charged.</source>
        <translation>请使用其他入口，或按“帮助”。已付款的停车票继续有效，没有另外收费。</translation>
    </message>
    <message>
        <source>No new tickets are sold at the moment. A ticket that is paid stays good. Nothing else was charged.</source>
        <translation>目前不出售新票。已付款的停车票仍然有效，没有其他扣款。</translation>
    </message>
    <message>
        <source>I have paid already: show my ticket</source>
        <translation>我已付款：显示我的停车票</translation>
    </message>
</context>
<context>
    <name>EntryPay</name>
    <message>
        <source>Review and pay</source>
        <translation>核对并付款</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>付款 %1</translation>
    </message>
</context>
<context>
    <name>EntryPlate</name>
    <message>
        <source>Your number plate?</source>
        <translation>您的车牌号？</translation>
    </message>
    <message>
        <source>So we find your stay when the ticket is lost. It opens no barrier.</source>
        <translation>停车票遗失时用于查找您的停车记录，不能用来开闸。</translation>
    </message>
    <message>
        <source>Chinese plate</source>
        <translation>中国车牌</translation>
    </message>
    <message>
        <source>Another country</source>
        <translation>其他国家或地区</translation>
    </message>
    <message>
        <source>Go on to review</source>
        <translation>下一步：核对</translation>
    </message>
</context>
<context>
    <name>EntryProof</name>
    <message>
        <source>Show my ticket again</source>
        <translation>重新显示我的停车票</translation>
    </message>
    <message>
        <source>With which pass did you pay?</source>
        <translation>您用哪张钱包卡付的款？</translation>
    </message>
    <message>
        <source>Hold the pass to the reader, or type its code. Then your PIN. Nothing is charged.</source>
        <translation>将钱包卡对准读码器或输入卡号，再输入密码。不会扣款。</translation>
    </message>
    <message>
        <source>Paid by card? Press Help: an attendant finds your ticket.</source>
        <translation>用银行卡付的款？请按“帮助”，工作人员会找到您的停车票。</translation>
    </message>
    <message>
        <source>Show my ticket</source>
        <translation>显示我的停车票</translation>
    </message>
</context>
<context>
    <name>EntryReview</name>
    <message>
        <source>Permit needed</source>
        <translation>须持残疾人停车证</translation>
    </message>
    <message>
        <source>kept for %1</source>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>now, with %1 tax</source>
        <translation>现付，含税%1</translation>
    </message>
</context>
<context>
    <name>EntryRules</name>
    <message>
        <source>Cancel free until %1. Not here by %2: the first %3 are charged, the rest goes back.</source>
        <translation>%1前免费取消。%2前未到：收取前%3的费用，其余退还。</translation>
    </message>
    <message>
        <source>Cancel free until %1, then %2 back. Not here by %3: the first %4 are charged.</source>
        <translation>%1前免费取消，之后%2。%3前未到：收取前%4的费用。</translation>
    </message>
    <message>
        <source>Leave earlier: you pay only the time used, the rest goes back.</source>
        <translation>提前离开：只付实际时间，余款退回。</translation>
    </message>
    <message>
        <source>Until %1 never more than %2; %3.</source>
        <translation>%1 之前最多 %2；%3。</translation>
    </message>
    <message>
        <source>Free to cancel for %1 after reserving. Not here within %2: the first %3 are charged, the rest goes back.</source>
        <translation>预订后%1内可免费取消。%2内未驶入：收取前%3的费用，余款退回。</translation>
    </message>
</context>
<context>
    <name>EntryTicket</name>
    <message>
        <source>Paid. This is your ticket.</source>
        <translation>已付款，这是您的停车票。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The barrier is out of order.</source>
        <translation>道闸发生故障。</translation>
    </message>
    <message>
        <source>Your ticket stays good. Nothing is charged twice. Help is coming.</source>
        <translation>停车票仍然有效，不会重复扣款。工作人员正在赶来。</translation>
    </message>
    <message>
        <source>%1 paid as a deposit</source>
        <translation>已预付 %1</translation>
    </message>
    <message>
        <source>There is no paper. Take a photo, or note the code under the picture.</source>
        <translation>没有纸了。请拍照，或记下图下方的代码。</translation>
    </message>
    <message>
        <source>Your paper ticket is printed. Or take a photo.</source>
        <translation>正在打印纸质停车票，也可以拍照。</translation>
    </message>
    <message>
        <source>No paper? Take a photo, or note the code under the picture.</source>
        <translation>没有出纸？请拍照，或记下图片下方的代码。</translation>
    </message>
    <message>
        <source>Now hold it to the reader: the barrier opens.</source>
        <translation>现在将票对准读码器，道闸即开启。</translation>
    </message>
    <message>
        <source>Please wait for help, then hold it to the reader.</source>
        <translation>请等待帮助，然后将票对准读码器。</translation>
    </message>
    <message>
        <source>Come back on %1 or later: then it opens the barrier.</source>
        <translation>请在%1或之后再来：届时可打开道闸。</translation>
    </message>
    <message>
        <source>Your space is kept for you</source>
        <translation>您的车位已为您保留</translation>
    </message>
    <message>
        <source>The entrance opens for this ticket from %1 on. Lost it? The code under the picture is as good.</source>
        <translation>入口从%1起为此停车票开启。丢了？图片下方的代码同样有效。</translation>
    </message>
    <message>
        <source>Now the second space: %1</source>
        <translation>现在选第二个车位：%1</translation>
    </message>
</context>
<context>
    <name>EntryTickets</name>
    <message>
        <source>Which ticket?</source>
        <translation>哪一张停车票？</translation>
    </message>
    <message>
        <source>This pass has paid for several spaces.</source>
        <translation>此钱包卡付了多个车位。</translation>
    </message>
</context>
<context>
    <name>EntryWhen</name>
    <message>
        <source>When do you come?</source>
        <translation>您什么时候来？</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Days before</source>
        <translation>前面的日期</translation>
    </message>
    <message>
        <source>Later days</source>
        <translation>后面的日期</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Exact time</source>
        <translation>具体时刻</translation>
    </message>
    <message>
        <source>Please choose a time that is still to come</source>
        <translation>请选择尚未到来的时间</translation>
    </message>
</context>
<context>
    <name>Exit</name>
    <message>
        <source>You did not drive through.</source>
        <translation>您没有驶出。</translation>
    </message>
    <message>
        <source>The barrier did not open.</source>
        <translation>道闸没有打开。</translation>
    </message>
    <message>
        <source>Nothing is charged twice: your stay is paid.</source>
        <translation>不会重复收费：您的停车费已付清。</translation>
    </message>
    <message>
        <source>We have not seen this car drive in.</source>
        <translation>没有这辆车的入场记录。</translation>
    </message>
    <message>
        <source>Please press Help: an attendant looks and lets you out.</source>
        <translation>请按“帮助”：值班员会查看并为您放行。</translation>
    </message>
    <message>
        <source>This stay has ended already.</source>
        <translation>这次停车已经结束。</translation>
    </message>
    <message>
        <source>Your voucher was read.</source>
        <translation>已读取您的停车券。</translation>
    </message>
    <message>
        <source>Now please hold your parking ticket to the reader.</source>
        <translation>现在请将停车票放到读卡器前。</translation>
    </message>
    <message>
        <source>This car came in too long ago to be priced here.</source>
        <translation>此车入场时间过久，无法在此计价。</translation>
    </message>
    <message>
        <source>By our clock this car has not come in yet.</source>
        <translation>按本机时钟，此车尚未入场。</translation>
    </message>
    <message>
        <source>This stay has no price.</source>
        <translation>此次停车无法计价。</translation>
    </message>
    <message>
        <source>Please call the attendant: press Help.</source>
        <translation>请呼叫值班员：按“帮助”。</translation>
    </message>
    <message>
        <source>Please hold the ticket of this car park to the reader.</source>
        <translation>请将本停车场的停车票对准读码器。</translation>
    </message>
    <message>
        <source>This ticket is good from {time} on.</source>
        <translation>这张停车票自 {time} 起有效。</translation>
    </message>
    <message>
        <source>Please hold the ticket of this stay to the reader.</source>
        <translation>请将本次停车的停车票对准读码器。</translation>
    </message>
    <message>
        <source>This ticket left the car park on {time}.</source>
        <translation>这张停车票已于 {time} 出场。</translation>
    </message>
    <message>
        <source>Please hold the ticket of this stay, or press Help.</source>
        <translation>请出示本次停车的停车票，或按“帮助”。</translation>
    </message>
    <message>
        <source>This is a wallet pass, not a ticket.</source>
        <translation>这是钱包卡，不是停车票。</translation>
    </message>
    <message>
        <source>Please hold your parking ticket to the reader.</source>
        <translation>请将停车票对准读码器。</translation>
    </message>
    <message>
        <source>You may leave now and pay {amount} later.</source>
        <translation>您可以现在离场，稍后再支付 {amount}。</translation>
    </message>
    <message>
        <source>An attendant is coming to you.</source>
        <translation>工作人员正在赶来。</translation>
    </message>
    <message>
        <source>{amount} are still open.</source>
        <translation>还有 {amount} 未支付。</translation>
    </message>
    <message>
        <source>You get a code, and pay with it until {time}.</source>
        <translation>您将获得一个代码，请在 {time} 之前凭代码支付。</translation>
    </message>
    <message>
        <source>Your price stays as it is. You can pay another way.</source>
        <translation>您的价格保持不变。您也可以用其他方式支付。</translation>
    </message>
    <message>
        <source>Please pay at the desk until {time} with the code</source>
        <translation>请在 {time} 之前到服务台凭代码支付</translation>
    </message>
</context>
<context>
    <name>ExitDue</name>
    <message>
        <source>Please pay the rest</source>
        <translation>请补付余款</translation>
    </message>
    <message>
        <source>The clock has stopped</source>
        <translation>计时已停止</translation>
    </message>
    <message>
        <source>Take your time: the price stays as it is.</source>
        <translation>请不必着急，金额不会再增加。</translation>
    </message>
    <message>
        <source>%1 · space %2</source>
        <translation>%1 · 车位 %2</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预订时间</translation>
    </message>
    <message>
        <source>You parked</source>
        <translation>实际停车</translation>
    </message>
    <message>
        <source>It costs</source>
        <translation>停车费</translation>
    </message>
    <message>
        <source>tax in it: %1</source>
        <translation>含税 %1</translation>
    </message>
    <message>
        <source>Deposit, already paid</source>
        <translation>已付押金</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还需支付</translation>
    </message>
    <message>
        <source>Pay %1 now</source>
        <translation>立即支付 %1</translation>
    </message>
    <message>
        <source>The barrier opens as soon as it is paid.</source>
        <translation>付款后道闸自动打开。</translation>
    </message>
</context>
<context>
    <name>ExitGoodbye</name>
    <message>
        <source>Goodbye</source>
        <translation>再见</translation>
    </message>
    <message>
        <source>Thank you for parking here. Have a safe journey.</source>
        <translation>感谢停放，祝您一路平安。</translation>
    </message>
</context>
<context>
    <name>ExitHint</name>
    <message>
        <source>Hold the square code of your ticket in front of the reader</source>
        <translation>将停车票上的二维码对准读码器</translation>
    </message>
    <message>
        <source>Hold your pass in front of the reader</source>
        <translation>将钱包卡对准读码器</translation>
    </message>
</context>
<context>
    <name>ExitLeave</name>
    <message>
        <source>Leave now</source>
        <translation>现在离场</translation>
    </message>
</context>
<context>
    <name>ExitMain</name>
    <message>
        <source>Otherwise this screen starts again.</source>
        <translation>否则屏幕将返回首页。</translation>
    </message>
    <message>
        <source>Otherwise this screen starts again. Nothing is paid, and your ticket stays good.</source>
        <translation>否则屏幕将返回首页。没有扣款，停车票仍然有效。</translation>
    </message>
</context>
<context>
    <name>ExitNote</name>
    <message>
        <source>The barrier stays closed</source>
        <translation>道闸未打开</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍等</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>现在请您</translation>
    </message>
</context>
<context>
    <name>ExitOffer</name>
    <message>
        <source>Can we help you?</source>
        <translation>需要帮助吗？</translation>
    </message>
    <message>
        <source>Press Help below. Your price stays as it is.</source>
        <translation>请按下方“帮助”，金额不会再增加。</translation>
    </message>
</context>
<context>
    <name>ExitOutOfOrder</name>
    <message>
        <source>This exit is out of order</source>
        <translation>此出口暂停使用</translation>
    </message>
    <message>
        <source>Fire alarm: drive out now</source>
        <translation>火警：请立即驶出</translation>
    </message>
    <message>
        <source>This exit is closed now</source>
        <translation>此出口现已关闭</translation>
    </message>
    <message>
        <source>The barrier stays open. No ticket is needed.</source>
        <translation>道闸保持开启，无需停车票。</translation>
    </message>
    <message>
        <source>Nothing is charged, and your ticket stays good. Please use another exit, or press Help.</source>
        <translation>没有收费，停车票继续有效。请使用其他出口，或按“帮助”。</translation>
    </message>
    <message>
        <source>Nothing is charged, and your ticket stays good. Please wait here, or press Help.</source>
        <translation>没有扣款，停车票仍然有效。请在此等候，或按“帮助”。</translation>
    </message>
</context>
<context>
    <name>ExitPay</name>
    <message>
        <source>Pay the rest</source>
        <translation>补付余款</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还需支付</translation>
    </message>
    <message>
        <source>The clock has stopped</source>
        <translation>计时已停止</translation>
    </message>
    <message>
        <source>Pay %1 now</source>
        <translation>立即支付 %1</translation>
    </message>
</context>
<context>
    <name>ExitPresent</name>
    <message>
        <source>Hold your ticket to the reader</source>
        <translation>请将停车票对准读码器</translation>
    </message>
    <message>
        <source>On paper or on your phone. The clock stops at once, and the barrier opens by itself.</source>
        <translation>纸质或手机均可。计时立即停止，道闸自动打开。</translation>
    </message>
    <message>
        <source>No ticket at hand?</source>
        <translation>手边没有停车票？</translation>
    </message>
    <message>
        <source>Type its code here. No code either? Press Help.</source>
        <translation>请在此输入票上的短码。短码也没有？请按“帮助”。</translation>
    </message>
    <message>
        <source>Type the code of my ticket</source>
        <translation>输入我的停车票代码</translation>
    </message>
</context>
<context>
    <name>ExitReceipt</name>
    <message>
        <source>Free of charge</source>
        <translation>免费停车</translation>
    </message>
    <message>
        <source>Paid. Thank you</source>
        <translation>已付清，谢谢</translation>
    </message>
    <message>
        <source>You may leave</source>
        <translation>您可以离场</translation>
    </message>
    <message>
        <source>Your stay is paid. Please wait.</source>
        <translation>停车费已付清，请稍候。</translation>
    </message>
    <message>
        <source>Please leave by %1</source>
        <translation>请在 %1 前驶出</translation>
    </message>
    <message>
        <source>Space %1 · %2 (%3)</source>
        <translation>车位 %1 · %2（%3）</translation>
    </message>
    <message>
        <source>Receipt %1</source>
        <translation>收据 %1</translation>
    </message>
    <message>
        <source>It cost</source>
        <translation>停车费</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>tax in it: %1</source>
        <translation>含税 %1</translation>
    </message>
    <message>
        <source>The receipt could not be printed.</source>
        <translation>收据无法打印。</translation>
    </message>
    <message>
        <source>Did no receipt come out?</source>
        <translation>没有打印出收据？</translation>
    </message>
    <message>
        <source>Nothing is lost: note the receipt number below.</source>
        <translation>请记下下方的收据号码，随时可查。</translation>
    </message>
</context>
<context>
    <name>ExitShares</name>
    <message>
        <source>Owner of the space</source>
        <translation>车位业主</translation>
    </message>
    <message>
        <source>Property manager</source>
        <translation>物业</translation>
    </message>
    <message>
        <source>Commission</source>
        <translation>平台佣金</translation>
    </message>
    <message>
        <source>VAT on it</source>
        <translation>佣金增值税</translation>
    </message>
    <message>
        <source>Where every cent went</source>
        <translation>每一分钱的去向</translation>
    </message>
</context>
<context>
    <name>ExplainView</name>
    <message>
        <source>The bank: it was settled there</source>
        <translation>银行：已在银行结清</translation>
    </message>
    <message>
        <source>A fee: the operator&apos;s</source>
        <translation>手续费：由运营方承担或收回</translation>
    </message>
    <message>
        <source>The driver of %1</source>
        <translation>%1 的车主</translation>
    </message>
    <message>
        <source>Choose what it was. No money moved.</source>
        <translation>请选择这是什么。没有资金变动。</translation>
    </message>
    <message>
        <source>It cannot have been that: look again. No money moved.</source>
        <translation>不可能是这个：请再核对。没有资金变动。</translation>
    </message>
    <message>
        <source>This is explained by now. No money moved.</source>
        <translation>此事已经说明。没有资金变动。</translation>
    </message>
    <message>
        <source>Say what it was once the provider has told you. Money of a driver waits for that driver: show the stay first. It is written down with your name and the reason.</source>
        <translation>支付机构告知原因后再在此说明。属于车主的款项会为其保留：请先打开该次停车。会连同您的姓名和原因一起记录。</translation>
    </message>
    <message>
        <source>How you know</source>
        <translation>您如何得知</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Write it down (Enter)</source>
        <translation>记录（回车）</translation>
    </message>
</context>
<context>
    <name>HelpButton</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Help is on its way</source>
        <translation>正在为您呼叫帮助</translation>
    </message>
    <message>
        <source>We have rung the desk</source>
        <translation>已呼叫值班台</translation>
    </message>
    <message>
        <source>An attendant looks at this lane now. What you have entered stays.</source>
        <translation>值班员正在查看此车道，您输入的内容会保留。</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Say this number</source>
        <translation>请告知此编号</translation>
    </message>
    <message>
        <source>The barrier is open: you may drive.</source>
        <translation>道闸已打开，请驶出。</translation>
    </message>
    <message>
        <source>The barrier does not open now.</source>
        <translation>道闸现在不开启。</translation>
    </message>
    <message>
        <source>Your stay is paid.</source>
        <translation>停车费已付清。</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Number pad</source>
        <translation>数字键盘</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确认</translation>
    </message>
</context>
<context>
    <name>LaneOrderView</name>
    <message>
        <source>Give a reason. Nothing was ordered.</source>
        <translation>请说明原因。没有下达指令。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was ordered. See what needs you, then try again.</source>
        <translation>出现故障，没有下达指令。请查看待处理事项，然后重试。</translation>
    </message>
    <message>
        <source>Nothing was ordered: %1.</source>
        <translation>没有下达指令：%1。</translation>
    </message>
    <message>
        <source>Hold %1 open</source>
        <translation>保持%1开启</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>锁定%1</translation>
    </message>
    <message>
        <source>The arm stays up for everybody until you release it. Tickets are still read, but no passage is seen: say on the page of a stay who is through.</source>
        <translation>栏杆对所有车辆保持抬起，直到您解除。停车票仍可读取，但不检测通过：请在停车页面登记已通过的车辆。</translation>
    </message>
    <message>
        <source>No ticket opens this lane until you unlock it, also after a restart. You can still open it by hand.</source>
        <translation>解锁之前，任何停车票都不能开启此车道，重启后也一样。您仍可人工开闸。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Hold it open (Enter)</source>
        <translation>保持开启 (Enter)</translation>
    </message>
    <message>
        <source>Lock the lane (Enter)</source>
        <translation>锁定车道 (Enter)</translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 opens</source>
        <translation>按 %1 开闸</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>闸前</translation>
    </message>
    <message>
        <source>Under</source>
        <translation>闸下</translation>
    </message>
    <message>
        <source>Is open</source>
        <translation>开到位</translation>
    </message>
    <message>
        <source>Is closed</source>
        <translation>关到位</translation>
    </message>
</context>
<context>
    <name>LetterKeys</name>
    <message>
        <source>Letters and digits</source>
        <translation>字母和数字</translation>
    </message>
    <message>
        <source>Space bar</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
</context>
<context>
    <name>LevelPlan</name>
    <message>
        <source>Plan of level %1</source>
        <translation>%1 平面图</translation>
    </message>
    <message>
        <source>Level before</source>
        <translation>上一层</translation>
    </message>
    <message>
        <source>Next level</source>
        <translation>下一层</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>您在这里</translation>
    </message>
</context>
<context>
    <name>LifeView</name>
    <message>
        <source>Replace a lost ticket</source>
        <translation>更换丢失的票</translation>
    </message>
    <message>
        <source>Another space for %1</source>
        <translation>为%1换车位</translation>
    </message>
    <message>
        <source>Where does %1 stand?</source>
        <translation>%1停在哪里？</translation>
    </message>
    <message>
        <source>Link %1 with its reservation</source>
        <translation>将%1与其预订关联</translation>
    </message>
    <message>
        <source>No other space for %1</source>
        <translation>%1没有其他车位</translation>
    </message>
    <message>
        <source>Ask the driver first, and type what you hear. The new paper comes out at %1; the lost one opens nothing any more.</source>
        <translation>先询问车主，再输入所说内容。新票在%1打印；丢失的票不再有效。</translation>
    </message>
    <message>
        <source>In place of %1. Ticket and price stay.</source>
        <translation>代替%1。票和价格不变。</translation>
    </message>
    <message>
        <source>Not on %1. Taken when it is shared and can be free; it costs what that space costs, and others get another one.</source>
        <translation>不在%1上。若该车位共享且可用则接受；按该车位计价，其他人另行安排。</translation>
    </message>
    <message>
        <source>The driver had reserved, and pulled another ticket. The stay takes the terms of the reservation, and everything paid for that one goes back.</source>
        <translation>车主已预订，却又取了另一张票。本次停车按预订条件计价，预订所付金额全部退还。</translation>
    </message>
    <message>
        <source>No space as good as %1 is free. Everything paid goes back; a car inside leaves at no cost with its ticket.</source>
        <translation>没有与%1相当的空位。已付金额全部退还；场内车辆凭票免费离场。</translation>
    </message>
    <message>
        <source>Plate or short code that the driver names</source>
        <translation>车主所说的车牌或短代码</translation>
    </message>
    <message>
        <source>Space where the car stands</source>
        <translation>车辆所停车位</translation>
    </message>
    <message>
        <source>Plate or short code of the reservation</source>
        <translation>预订的车牌或短代码</translation>
    </message>
    <message>
        <source>Type what the driver names. Nothing was printed.</source>
        <translation>请输入车主所说内容。未打印。</translation>
    </message>
    <message>
        <source>That does not fit this stay. Nothing was printed.</source>
        <translation>与此次停车不符。未打印。</translation>
    </message>
    <message>
        <source>Choose one. Nothing was changed.</source>
        <translation>请选择一个。未做更改。</translation>
    </message>
    <message>
        <source>Somebody took this space a moment ago. Choose another one.</source>
        <translation>此车位刚被他人占用。请选择其他车位。</translation>
    </message>
    <message>
        <source>That space is not shared, not free for the stay, or too small for the car. Nothing was changed.</source>
        <translation>该车位未共享、该时段不空闲或对车太小。未做更改。</translation>
    </message>
    <message>
        <source>The booked time is over, or its car is just driving in. Nothing was changed.</source>
        <translation>预订时间已过，或车辆正在入场。未做更改。</translation>
    </message>
    <message>
        <source>This stay has ended, or leaves at no cost already. Nothing was changed.</source>
        <translation>此次停车已结束，或已免费离场。未做更改。</translation>
    </message>
    <message>
        <source>Both are one ticket. Nothing was linked.</source>
        <translation>两者是同一张票。未关联。</translation>
    </message>
    <message>
        <source>No car is inside with this ticket, or it is priced already. Nothing was linked.</source>
        <translation>此票没有车在场内，或已计价。未关联。</translation>
    </message>
    <message>
        <source>That reservation is neither waiting nor missed. Nothing was linked.</source>
        <translation>该预订既未等待也未错过。未关联。</translation>
    </message>
    <message>
        <source>The stay and that reservation have no minute in common. Nothing was linked.</source>
        <translation>停车与该预订没有重叠时间。未关联。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was changed. Try again.</source>
        <translation>计算机繁忙。未做更改。请重试。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was changed. See what needs you, then try again.</source>
        <translation>出错了。未做更改。请查看待处理事项后重试。</translation>
    </message>
    <message>
        <source>Replace it (Enter)</source>
        <translation>更换（Enter）</translation>
    </message>
    <message>
        <source>Link them (Enter)</source>
        <translation>关联（Enter）</translation>
    </message>
    <message>
        <source>Give the money back (Enter)</source>
        <translation>退款（Enter）</translation>
    </message>
    <message>
        <source>Take this space (Enter)</source>
        <translation>用此车位（Enter）</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Nothing proves it: price of a lost ticket</source>
        <translation>无任何凭据：按丢票价收费</translation>
    </message>
</context>
<context>
    <name>MineCancel</name>
    <message>
        <source>Cancel this reservation?</source>
        <translation>取消此预订？</translation>
    </message>
    <message>
        <source>Space %1, %2</source>
        <translation>车位%1，%2</translation>
    </message>
    <message>
        <source>Goes back to you</source>
        <translation>退还给您</translation>
    </message>
    <message>
        <source>That is everything you have paid.</source>
        <translation>这是您已付的全部金额。</translation>
    </message>
    <message>
        <source>%1 of what you have paid is kept.</source>
        <translation>已付金额中%1不予退还。</translation>
    </message>
    <message>
        <source>After that the ticket opens nothing, and the space is free for others.</source>
        <translation>之后此票不能再打开道闸，车位让给他人。</translation>
    </message>
    <message>
        <source>No, keep my space</source>
        <translation>不，保留车位</translation>
    </message>
    <message>
        <source>Yes, cancel: %1 back</source>
        <translation>是，取消：退%1</translation>
    </message>
</context>
<context>
    <name>MineChange</name>
    <message>
        <source>When shall it be?</source>
        <translation>改到什么时间？</translation>
    </message>
    <message>
        <source>Until when?</source>
        <translation>停到什么时候？</translation>
    </message>
    <message>
        <source>Booked: %1</source>
        <translation>已预订：%1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>If it costs more, you pay the rest on the next page. If it costs less, the rest goes back.</source>
        <translation>如果更贵，请在下一页补付差额；如果更便宜，余款退还。</translation>
    </message>
    <message>
        <source>The space can be yours until %1 at the latest. What it costs more, you pay on the next page.</source>
        <translation>此车位您最晚可用到%1。多出的费用在下一页支付。</translation>
    </message>
    <message>
        <source>Ask for this time</source>
        <translation>申请此时间</translation>
    </message>
    <message>
        <source>Please choose another time</source>
        <translation>请选择其他时间</translation>
    </message>
</context>
<context>
    <name>MineCode</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Type the code of your ticket</source>
        <translation>请输入停车票代码</translation>
    </message>
    <message>
        <source>Eight signs, under the picture. Or hold the ticket to the reader.</source>
        <translation>图片下方的八位代码。也可将票对准读码器。</translation>
    </message>
    <message>
        <source>Eight signs, under the picture. To drive out now, just hold the ticket to the reader.</source>
        <translation>图片下方的八位代码。要出场，只需将票对准读码器。</translation>
    </message>
    <message>
        <source>No code at hand? Show my ticket by pass and PIN</source>
        <translation>没有代码？用钱包卡和密码查看停车票</translation>
    </message>
</context>
<context>
    <name>MineDial</name>
    <message>
        <source>%1: a quarter of an hour earlier</source>
        <translation>%1：早15分钟</translation>
    </message>
    <message>
        <source>%1: a quarter of an hour later</source>
        <translation>%1：晚15分钟</translation>
    </message>
</context>
<context>
    <name>MineHand</name>
    <message>
        <source>Hand the car over</source>
        <translation>转交车辆</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Space %1, %2</source>
        <translation>车位%1，%2</translation>
    </message>
    <message>
        <source>Deposit of the next driver, for the time that is left</source>
        <translation>下一位车主为剩余时间付的押金</translation>
    </message>
    <message>
        <source>The next driver types pass and PIN. Each pays for the own minutes. The ticket stays good.</source>
        <translation>请下一位车主输入卡号和密码。各付各的分钟数。停车票继续有效。</translation>
    </message>
    <message>
        <source>Take the car over</source>
        <translation>接手车辆</translation>
    </message>
</context>
<context>
    <name>MineNone</name>
    <message>
        <source>No other space is free</source>
        <translation>没有其他空位</translation>
    </message>
    <message>
        <source>We are sorry. No space as good as %1 is free for your time.</source>
        <translation>很抱歉。您的时段内没有与%1相当的空位。</translation>
    </message>
    <message>
        <source>Everything that you have paid goes back. A car that is inside already leaves at no cost, with this ticket.</source>
        <translation>您已付的全部金额将退还。已在场内的车凭此票免费离场。</translation>
    </message>
    <message>
        <source>No, keep my ticket</source>
        <translation>不，保留停车票</translation>
    </message>
    <message>
        <source>Give me my money back</source>
        <translation>请退款</translation>
    </message>
</context>
<context>
    <name>MineNote</name>
    <message>
        <source>One moment, please</source>
        <translation>请稍等</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>现在请您</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
</context>
<context>
    <name>MinePage</name>
    <message>
        <source>My ticket</source>
        <translation>我的停车票</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>MinePay</name>
    <message>
        <source>Pay for the change</source>
        <translation>支付更改差额</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>still to pay</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>kept for %1</source>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>Without paying, your reservation stays as it was.</source>
        <translation>如不付款，您的预订保持不变。</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>付款 %1</translation>
    </message>
</context>
<context>
    <name>MineSpaces</name>
    <message>
        <source>Take another space</source>
        <translation>换一个车位</translation>
    </message>
    <message>
        <source>In place of %1, at no cost:</source>
        <translation>代替%1，不另收费：</translation>
    </message>
    <message>
        <source>Window and ticket stay as they are.</source>
        <translation>时间和停车票不变。</translation>
    </message>
</context>
<context>
    <name>MineStatus</name>
    <message>
        <source>Moved from %1 to</source>
        <translation>已从%1换到</translation>
    </message>
    <message>
        <source>The entrance opens from %1 on</source>
        <translation>入口从%1起开启</translation>
    </message>
    <message>
        <source>%1 went back to you</source>
        <translation>已退还给您%1</translation>
    </message>
</context>
<context>
    <name>MoneyView</name>
    <message>
        <source>Money</source>
        <translation>资金</translation>
    </message>
    <message>
        <source>by the books, now</source>
        <translation>当前账面</translation>
    </message>
    <message>
        <source>Attendants</source>
        <translation>值班员</translation>
    </message>
    <message>
        <source>Payouts (Ctrl+P)</source>
        <translation>付款 (Ctrl+P)</translation>
    </message>
</context>
<context>
    <name>MyTicket</name>
    <message>
        <source>No ticket has this code.</source>
        <translation>没有此代码的停车票。</translation>
    </message>
    <message>
        <source>Please look at it again: eight signs under the picture.</source>
        <translation>请再看一下：图片下方的八位代码。</translation>
    </message>
    <message>
        <source>This ticket cannot be accepted.</source>
        <translation>无法接受此停车票。</translation>
    </message>
    <message>
        <source>Try the original, on paper or phone, or press Help.</source>
        <translation>请使用纸质或手机上的原票，或按“帮助”。</translation>
    </message>
    <message>
        <source>Please type the code of a ticket of this car park.</source>
        <translation>请输入本停车场的停车票代码。</translation>
    </message>
    <message>
        <source>This ticket is not good any more: it was replaced.</source>
        <translation>此票已失效：已被更换。</translation>
    </message>
    <message>
        <source>Please take your newest ticket, or press Help.</source>
        <translation>请使用最新的停车票，或按“帮助”。</translation>
    </message>
    <message>
        <source>Too many codes were wrong.</source>
        <translation>错误代码过多。</translation>
    </message>
    <message>
        <source>Please wait until {time}, or press Help.</source>
        <translation>请等到{time}，或按“帮助”。</translation>
    </message>
    <message>
        <source>Please choose another time.</source>
        <translation>请选择其他时间。</translation>
    </message>
    <message>
        <source>Your reservation stands as it was.</source>
        <translation>您的预订保持不变。</translation>
    </message>
    <message>
        <source>This ticket cannot be changed any more.</source>
        <translation>此票不能再更改。</translation>
    </message>
    <message>
        <source>Your car is inside: only the end can be moved on.</source>
        <translation>您的车已在场内：只能延后结束时间。</translation>
    </message>
    <message>
        <source>Leaving earlier needs no change: you pay what you used.</source>
        <translation>提前离开无需更改：按实际时间付费。</translation>
    </message>
    <message>
        <source>Your booked time is over.</source>
        <translation>您预订的时间已过。</translation>
    </message>
    <message>
        <source>What comes on top you pay at the exit.</source>
        <translation>超出部分请在出口付款。</translation>
    </message>
    <message>
        <source>It is too late for this change: cancelling costs something by now.</source>
        <translation>已来不及这样更改：现在取消要收费。</translation>
    </message>
    <message>
        <source>Your space is not free for all of this time.</source>
        <translation>您的车位在此时段并非全部空闲。</translation>
    </message>
    <message>
        <source>You can have it until {time} at the latest.</source>
        <translation>您最晚可用到{time}。</translation>
    </message>
    <message>
        <source>Your card keeps the deposit only for a while.</source>
        <translation>您的银行卡只能将押金保留一段时间。</translation>
    </message>
    <message>
        <source>Your time can end at {time} at the latest.</source>
        <translation>您的停车最晚可到 {time}。</translation>
    </message>
    <message>
        <source>You can park here from {shortest} to {longest}.</source>
        <translation>在此可停{shortest}至{longest}。</translation>
    </message>
    <message>
        <source>This time has begun already.</source>
        <translation>此时间已经开始。</translation>
    </message>
    <message>
        <source>Spaces can be booked up to {time}.</source>
        <translation>车位最晚可预订到 {time}。</translation>
    </message>
    <message>
        <source>{area} has no price for this time.</source>
        <translation>{area}在此时段没有价格。</translation>
    </message>
    <message>
        <source>The last spaces of {area} are for those who come without booking.</source>
        <translation>{area}的最后几个车位留给未预订的车主。</translation>
    </message>
    <message>
        <source>Your car does not fit space {space}.</source>
        <translation>您的车不适合车位 {space}。</translation>
    </message>
    <message>
        <source>Your car has another space then: {window}.</source>
        <translation>您的车在该时段已有车位：{window}。</translation>
    </message>
    <message>
        <source>An earlier change is still being paid.</source>
        <translation>之前的更改仍在付款中。</translation>
    </message>
    <message>
        <source>Please try again in a minute.</source>
        <translation>请一分钟后再试。</translation>
    </message>
    <message>
        <source>The time to pay for the change is over.</source>
        <translation>支付更改差额的时间已过。</translation>
    </message>
    <message>
        <source>Somebody took this space a moment ago.</source>
        <translation>这个车位刚刚被他人选走。</translation>
    </message>
    <message>
        <source>Please choose another one.</source>
        <translation>请选择其他车位。</translation>
    </message>
    <message>
        <source>Space {space} cannot be had.</source>
        <translation>车位{space}无法使用。</translation>
    </message>
    <message>
        <source>Another space can be had here only on arrival.</source>
        <translation>只有刚到达时才能在此换车位。</translation>
    </message>
    <message>
        <source>Please press Help: an attendant looks and helps you.</source>
        <translation>请按“帮助”：工作人员会来查看并帮助您。</translation>
    </message>
    <message>
        <source>This cannot be done with this ticket any more.</source>
        <translation>此票已不能进行该操作。</translation>
    </message>
    <message>
        <source>Please look at your ticket again, or press Help.</source>
        <translation>请重新查看停车票，或按“帮助”。</translation>
    </message>
    <message>
        <source>Your car is just driving in.</source>
        <translation>您的车正在入场。</translation>
    </message>
    <message>
        <source>Please wait a moment, then try again.</source>
        <translation>请稍候再试。</translation>
    </message>
    <message>
        <source>Very much is going on right now.</source>
        <translation>现在非常繁忙。</translation>
    </message>
    <message>
        <source>Please try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>This car cannot be handed over to this pass.</source>
        <translation>不能把这辆车转交给此卡。</translation>
    </message>
    <message>
        <source>It has left, or this pass pays for it already.</source>
        <translation>车辆已离场，或已由此卡付款。</translation>
    </message>
    <message>
        <source>Your space is kept for you</source>
        <translation>您的车位已为您保留</translation>
    </message>
    <message>
        <source>Paid: you can drive in</source>
        <translation>已付款：可以入场</translation>
    </message>
    <message>
        <source>Your car is inside</source>
        <translation>您的车在场内</translation>
    </message>
    <message>
        <source>All is paid: please leave now</source>
        <translation>已付清：请立即离场</translation>
    </message>
    <message>
        <source>We are sorry: there is no space for you</source>
        <translation>很抱歉：没有车位给您</translation>
    </message>
    <message>
        <source>We are sorry: its owner needs this space</source>
        <translation>很抱歉：车位主人需要此车位</translation>
    </message>
    <message>
        <source>Not paid yet</source>
        <translation>尚未付款</translation>
    </message>
    <message>
        <source>Your stay has ended</source>
        <translation>停车已结束</translation>
    </message>
    <message>
        <source>Not paid in time: the space was given back</source>
        <translation>未及时付款：车位已释放</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>You did not come: the space was given back</source>
        <translation>您未到场：车位已释放</translation>
    </message>
    <message>
        <source>Your other ticket took the place of this one</source>
        <translation>您的另一张票已代替此票</translation>
    </message>
    <message>
        <source>Cancelled. {amount} goes back.</source>
        <translation>已取消。退还{amount}。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing goes back.</source>
        <translation>已取消。不予退款。</translation>
    </message>
    <message>
        <source>Changed. {amount} goes back.</source>
        <translation>已更改。退还{amount}。</translation>
    </message>
    <message>
        <source>Changed. This is your ticket now.</source>
        <translation>已更改。这是您现在的停车票。</translation>
    </message>
    <message>
        <source>Your space is now {space}. The price stays.</source>
        <translation>您的车位现在是{space}。价格不变。</translation>
    </message>
    <message>
        <source>All your money goes back: {amount}.</source>
        <translation>全部金额退还：{amount}。</translation>
    </message>
    <message>
        <source>Your stay costs nothing: leave with this ticket.</source>
        <translation>本次停车免费：凭此票离场。</translation>
    </message>
    <message>
        <source>Handed over: {amount} paid by the next driver.</source>
        <translation>已转交：下一位车主已付 {amount}。</translation>
    </message>
    <message>
        <source>The ticket you drove in with stays good, too.</source>
        <translation>您入场时用的停车票仍然有效。</translation>
    </message>
    <message>
        <source>Your old ticket opens nothing any more.</source>
        <translation>旧停车票已作废，不能再开闸。</translation>
    </message>
    <message>
        <source>With your car before the barrier</source>
        <translation>请将车停在道闸前</translation>
    </message>
    <message>
        <source>Drive in now</source>
        <translation>现在入场</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>现在离场</translation>
    </message>
    <message>
        <source>Change the time</source>
        <translation>更改时间</translation>
    </message>
    <message>
        <source>Come or leave earlier or later</source>
        <translation>提前或推迟到达、离开</translation>
    </message>
    <message>
        <source>Stay longer</source>
        <translation>延长停车</translation>
    </message>
    <message>
        <source>Hand the car over</source>
        <translation>转交车辆</translation>
    </message>
    <message>
        <source>From now on somebody else pays</source>
        <translation>从现在起由他人付款</translation>
    </message>
    <message>
        <source>As long as your space is free</source>
        <translation>在您的车位空闲期间</translation>
    </message>
    <message>
        <source>Cancel the reservation</source>
        <translation>取消预订</translation>
    </message>
    <message>
        <source>You see first what goes back</source>
        <translation>先查看退款金额</translation>
    </message>
    <message>
        <source>My space is occupied</source>
        <translation>我的车位被占用</translation>
    </message>
    <message>
        <source>Another one; if none, money back</source>
        <translation>换车位；没有可换的则全额退款</translation>
    </message>
    <message>
        <source>Within {time} after you left</source>
        <translation>离场后{time}内</translation>
    </message>
    <message>
        <source>Until {time} at the latest</source>
        <translation>最晚可停到 {time}</translation>
    </message>
    <message>
        <source>with charger</source>
        <translation>有充电桩</translation>
    </message>
    <message>
        <source>accessible</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>有顶棚</translation>
    </message>
</context>
<context>
    <name>NoticesView</name>
    <message>
        <source>Help wanted at %1</source>
        <translation>%1 请求帮助</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The computer failed: %1</source>
        <translation>电脑出了故障：%1</translation>
    </message>
    <message>
        <source>%1: nobody saw whether this car has passed</source>
        <translation>%1：无法确认这辆车是否已通过</translation>
    </message>
    <message>
        <source>Tariff file %1 is not taken</source>
        <translation>价目文件 %1 未被采用</translation>
    </message>
    <message>
        <source>%1 reports what cannot be true</source>
        <translation>%1 的报告含有不可能的内容</translation>
    </message>
    <message>
        <source>%1: paper was not printed</source>
        <translation>%1：没有打印出纸</translation>
    </message>
    <message>
        <source>%1: the paper roll is near its end</source>
        <translation>%1：纸卷即将用完</translation>
    </message>
    <message>
        <source>%1: the printer does not tell whether it prints</source>
        <translation>%1：打印机不报告是否已打印</translation>
    </message>
    <message>
        <source>Call back or walk there. Open with a reason if the driver is in the right.</source>
        <translation>请回话或到场查看。车主有理时，填写原因后开闸。</translation>
    </message>
    <message>
        <source>Look whether the car is through.</source>
        <translation>请查看车辆是否已通过。</translation>
    </message>
    <message>
        <source>Look whether %1 is through, then say so on its page (F9). If not, its ticket opens again.</source>
        <translation>请查看 %1 是否已通过，并在其页面上确认 (F9)。如未通过，停车票可再次开闸。</translation>
    </message>
    <message>
        <source>The old tariff stays in force. Tell the operator: %1</source>
        <translation>旧价目继续有效。请告知运营方：%1</translation>
    </message>
    <message>
        <source>Nothing of it was booked. Ask the provider about %1</source>
        <translation>这些内容均未入账。请向支付机构查询 %1</translation>
    </message>
    <message>
        <source>It still prints. Put in a new roll soon.</source>
        <translation>仍可打印。请尽快换上新纸卷。</translation>
    </message>
    <message>
        <source>Look whether paper comes out. Drivers are asked to take a photo.</source>
        <translation>请查看是否出纸。已请驾驶员拍照。</translation>
    </message>
    <message>
        <source>Check the printer&apos;s cable and power. Money and ticket are safe on the screen.</source>
        <translation>请检查打印机的电缆和电源。款项和停车票在屏幕上都有，不会丢失。</translation>
    </message>
    <message>
        <source>Check the cover, and for a jam. Then print the ticket again: nothing is charged twice.</source>
        <translation>请检查盖子和卡纸，然后重新打印停车票：不会重复收费。</translation>
    </message>
    <message>
        <source>Check the paper roll. Money and ticket are safe on the screen.</source>
        <translation>请检查纸卷。款项和停车票以屏幕为准，均安全。</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Nothing is waiting for you</source>
        <translation>目前没有待处理事项</translation>
    </message>
    <message>
        <source>Raised %1, gone since %2</source>
        <translation>%1 出现，%2 已解除</translation>
    </message>
    <message>
        <source>No reset now: %1.</source>
        <translation>现在不能复位：%1。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>开闸…</translation>
    </message>
    <message>
        <source>Show stay</source>
        <translation>查看停车</translation>
    </message>
    <message>
        <source>Explain…</source>
        <translation>说明…</translation>
    </message>
    <message>
        <source>Reset lane</source>
        <translation>复位车道</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已阅</translation>
    </message>
</context>
<context>
    <name>OfferCard</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>OpenView</name>
    <message>
        <source>Give a reason. The barrier was not opened.</source>
        <translation>请填写原因。道闸没有打开。</translation>
    </message>
    <message>
        <source>A car is passing. The barrier was not opened: wait until it is through.</source>
        <translation>有车正在通过，道闸未打开：请等它通过。</translation>
    </message>
    <message>
        <source>This lane is out of order. The barrier was not opened: use its key.</source>
        <translation>车道停用，道闸没有打开：请使用钥匙。</translation>
    </message>
    <message>
        <source>The arm is up already: a passage is not seen there. Say on the page of the stay who is through (F9).</source>
        <translation>栏杆已抬起，那里检测不到通过。请在停车页面登记已通过的车辆 (F9)。</translation>
    </message>
    <message>
        <source>This is still due. Say what happens to it. The barrier was not opened.</source>
        <translation>仍有应付款，请先选择如何处理。道闸未开启。</translation>
    </message>
    <message>
        <source>No shift is open at this till (Ctrl+T). No cash was taken, and the barrier was not opened.</source>
        <translation>钱箱尚未开班 (Ctrl+T)。未收现金，道闸未打开。</translation>
    </message>
    <message>
        <source>The computer is busy. The barrier was not opened. Try again.</source>
        <translation>系统繁忙，道闸没有打开。请再试一次。</translation>
    </message>
    <message>
        <source>Something failed. The barrier was not opened. See what needs you, then try again.</source>
        <translation>出了故障，道闸未打开。请查看“待处理”后再试。</translation>
    </message>
    <message>
        <source>Cash is in the till: open (Enter)</source>
        <translation>现金已入钱箱，开闸 (Enter)</translation>
    </message>
    <message>
        <source>Cash is in the till (Enter)</source>
        <translation>现金已入钱箱 (Enter)</translation>
    </message>
    <message>
        <source>Waive it and open (Enter)</source>
        <translation>免除并开闸 (Enter)</translation>
    </message>
    <message>
        <source>Open %1 by hand</source>
        <translation>人工开启 %1</translation>
    </message>
    <message>
        <source>Open for %1</source>
        <translation>为 %1 开闸</translation>
    </message>
    <message>
        <source>%1: ticket lost</source>
        <translation>%1：停车票遗失</translation>
    </message>
    <message>
        <source>The order is written down with your name and the reason. It belongs to no stay.</source>
        <translation>该指令会连同您的姓名和原因一起记录，不属于任何一次停车。</translation>
    </message>
    <message>
        <source>The order is written down with your name and the reason. The passage counts for this stay. At an exit the stay is settled.</source>
        <translation>该指令会连同您的姓名和原因一起记录，通行计入本次停车。在出口，本次停车随即结算。</translation>
    </message>
    <message>
        <source>A lost ticket costs</source>
        <translation>丢票价</translation>
    </message>
    <message>
        <source>The stay costs</source>
        <translation>本次停车费用</translation>
    </message>
    <message>
        <source>Escrow covers it.</source>
        <translation>托管款足够支付。</translation>
    </message>
    <message>
        <source>Still due</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>In cash, as there are coins</source>
        <translation>现金应付（按硬币面额取整）</translation>
    </message>
    <message>
        <source>F7  Cash, open now</source>
        <translation>F7  收现金，立即开闸</translation>
    </message>
    <message>
        <source>F8  Cash, its ticket opens</source>
        <translation>F8  收现金，凭票出场</translation>
    </message>
    <message>
        <source>F9  Waive it</source>
        <translation>F9  免除</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>This car is not inside. Where it is, say so first (F9). No cash was taken.</source>
        <translation>该车不在场内。如果确实在场内，请先登记 (F9)。未收取现金。</translation>
    </message>
    <message>
        <source>Open the barrier (Enter)</source>
        <translation>打开道闸 (Enter)</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Pay</name>
    <message>
        <source>No wallet and no fleet belongs to this pass.</source>
        <translation>没有钱包或车队使用此卡。</translation>
    </message>
    <message>
        <source>Hold the pass to the reader, or type its code again.</source>
        <translation>请将卡对准读码器，或重新输入卡号。</translation>
    </message>
    <message>
        <source>The wallet holds {balance}; {missing} are missing.</source>
        <translation>钱包余额 {balance}，还差 {missing}。</translation>
    </message>
    <message>
        <source>Top it up at the desk, or pay another way.</source>
        <translation>请到值班台充值，或换一种方式支付。</translation>
    </message>
    <message>
        <source>The credit of this fleet does not cover the amount.</source>
        <translation>该车队的信用额度不足以支付此金额。</translation>
    </message>
    <message>
        <source>Please pay another way, or ask the fleet&apos;s office.</source>
        <translation>请使用其他方式支付，或联系车队管理处。</translation>
    </message>
    <message>
        <source>The payment was declined.</source>
        <translation>支付未通过。</translation>
    </message>
    <message>
        <source>Please try another card or another way to pay.</source>
        <translation>请换一张卡或换一种方式支付。</translation>
    </message>
    <message>
        <source>Card payment cannot be reached at the moment.</source>
        <translation>暂时无法使用刷卡支付。</translation>
    </message>
    <message>
        <source>Please pay with a pass, or try again in a minute.</source>
        <translation>请用钱包卡或车队卡支付，或一分钟后再试。</translation>
    </message>
    <message>
        <source>A card can keep this deposit only until {time}.</source>
        <translation>银行卡最晚只能保留此押金至 {time}。</translation>
    </message>
    <message>
        <source>Please pay with a pass, or choose an earlier end.</source>
        <translation>请使用钱包卡支付，或选择更早的结束时间。</translation>
    </message>
    <message>
        <source>We are checking.</source>
        <translation>正在核实。</translation>
    </message>
    <message>
        <source>You will not pay twice.</source>
        <translation>您不会被重复扣款。</translation>
    </message>
    <message>
        <source>Please wait for the answer.</source>
        <translation>请等待结果。</translation>
    </message>
    <message>
        <source>The PIN does not match this pass.</source>
        <translation>密码与此卡不符。</translation>
    </message>
    <message>
        <source>Please type the PIN again.</source>
        <translation>请重新输入密码。</translation>
    </message>
    <message>
        <source>The PIN did not match several times.</source>
        <translation>密码已多次不符。</translation>
    </message>
    <message>
        <source>For your safety please wait {time}, then type it again.</source>
        <translation>为了您的安全，请等待 {time} 后再输入。</translation>
    </message>
    <message>
        <source>This voucher is not known here.</source>
        <translation>此停车券在这里无效。</translation>
    </message>
    <message>
        <source>This voucher was used before.</source>
        <translation>此停车券已被使用。</translation>
    </message>
    <message>
        <source>This voucher has run out.</source>
        <translation>此停车券已过期。</translation>
    </message>
    <message>
        <source>Please ask the shop that gave it.</source>
        <translation>请咨询发放此券的商店。</translation>
    </message>
</context>
<context>
    <name>PayChecking</name>
    <message>
        <source>One moment, please.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>We are checking.</source>
        <translation>正在核实。</translation>
    </message>
    <message>
        <source>You will not pay twice.</source>
        <translation>不会重复扣款。</translation>
    </message>
    <message>
        <source>This takes longer than usual. Please press Help. If it is paid, your paper is printed here.</source>
        <translation>用时比平常长，请按“帮助”。如已付款，票据将在此打印。</translation>
    </message>
    <message>
        <source>Please follow the card reader and wait for its answer.</source>
        <translation>请按刷卡器提示操作并等待结果。</translation>
    </message>
    <message>
        <source>Please wait for the answer.</source>
        <translation>请等待结果。</translation>
    </message>
</context>
<context>
    <name>PayCodeKeys</name>
    <message>
        <source>Keys for the code of the pass</source>
        <translation>钱包卡号键盘</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
</context>
<context>
    <name>PayPad</name>
    <message>
        <source>Wallet or fleet</source>
        <translation>钱包或车队卡</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Pass: scan or type</source>
        <translation>卡号：扫描或输入</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Press the button below, then hold your card to the card reader.</source>
        <translation>请按下方按钮，再将银行卡靠近刷卡器。</translation>
    </message>
</context>
<context>
    <name>PayerView</name>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>The car park itself</source>
        <translation>停车场自己</translation>
    </message>
    <message>
        <source>Pass code of the wallet, typed or scanned</source>
        <translation>钱包卡号（输入或扫描）</translation>
    </message>
    <message>
        <source>Wallet or fleet pass of the next driver, typed or scanned</source>
        <translation>下一位车主的钱包卡或车队卡（输入或扫描）</translation>
    </message>
    <message>
        <source>8 signs</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>Your PIN again</source>
        <translation>再次输入您的密码</translation>
    </message>
    <message>
        <source>PIN of the pass: the next driver types it</source>
        <translation>该卡的密码：由下一位车主输入</translation>
    </message>
</context>
<context>
    <name>PayoutView</name>
    <message>
        <source>Proposed</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已放款</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>银行已答复</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>Paid, then sent back</source>
        <translation>已付款，后被退回</translation>
    </message>
    <message>
        <source>To be paid</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>Waits for the bank</source>
        <translation>等待银行</translation>
    </message>
    <message>
        <source>Carried: more was taken back than released</source>
        <translation>结转：扣回多于可付</translation>
    </message>
    <message>
        <source>Carried: less than the minimum</source>
        <translation>结转：低于最低金额</translation>
    </message>
    <message>
        <source>Left out: the site file names no account</source>
        <translation>未付：站点文件中没有账户</translation>
    </message>
    <message>
        <source>Left out: the account cannot be one</source>
        <translation>未付：账户号码有误</translation>
    </message>
    <message>
        <source>Held back: the car has not left</source>
        <translation>暂扣：车辆尚未离场</translation>
    </message>
    <message>
        <source>Held back: not 24 hours old</source>
        <translation>暂扣：未满24小时</translation>
    </message>
    <message>
        <source>Held back: came back after the cut-off</source>
        <translation>暂扣：在截止时间之后退回</translation>
    </message>
    <message>
        <source>Held back: disputed</source>
        <translation>暂扣：有争议</translation>
    </message>
    <message>
        <source>Nobody is paid at this cut-off.</source>
        <translation>本次截止时没有人需要付款。</translation>
    </message>
    <message>
        <source>There is such a run already. Nothing new was made.</source>
        <translation>已有这样的一批付款，没有新建。</translation>
    </message>
    <message>
        <source>This cut-off has not come yet.</source>
        <translation>截止时间还没到。</translation>
    </message>
    <message>
        <source>It still has to be approved. No money moved.</source>
        <translation>还需要批准。没有动用资金。</translation>
    </message>
    <message>
        <source>What is due has changed for %1. Withdraw this run and propose another.</source>
        <translation>%1 的应付金额已变。请撤回这批付款，重新提出。</translation>
    </message>
    <message>
        <source>Released. There is no pain.001 file for this money or this operator: export a list of transfers.</source>
        <translation>已放款。此币种或运营方没有 pain.001 文件：请导出转账清单。</translation>
    </message>
    <message>
        <source>Write why the bank has sent it back.</source>
        <translation>请写明银行退回的原因。</translation>
    </message>
    <message>
        <source>The PIN is wrong. Nothing was approved.</source>
        <translation>密码错误。没有批准。</translation>
    </message>
    <message>
        <source>The PIN was wrong too often. Try again at %1.</source>
        <translation>密码错误次数过多。请在 %1 再试。</translation>
    </message>
    <message>
        <source>This run stands elsewhere by now. Nothing was changed.</source>
        <translation>这批付款的状态已变。没有作任何改动。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was changed. Try again.</source>
        <translation>电脑忙。没有作任何改动。请再试一次。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was changed. See what needs you, then try again.</source>
        <translation>出错了。没有作任何改动。请先看需要您处理的事，再试一次。</translation>
    </message>
    <message>
        <source>Payouts to owners</source>
        <translation>付款给业主</translation>
    </message>
    <message>
        <source>weekly cut-off %1</source>
        <translation>每周截止 %1</translation>
    </message>
    <message>
        <source>Propose a run</source>
        <translation>提出一批付款</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>There is no run yet</source>
        <translation>还没有付款批次</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Cut-off</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>批次 %1：%2</translation>
    </message>
    <message>
        <source>Approved by %1</source>
        <translation>批准人：%1</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>业主</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Not paid in the last proposal</source>
        <translation>上次提出时未付</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Did the bank send one back? Choose it in the list first.</source>
        <translation>银行退回了某一笔？请先在列表中选中它。</translation>
    </message>
    <message>
        <source>PIN of %1, once more. Two attendants must approve so much.</source>
        <translation>请 %1 再输一次密码。这么大的金额须由两位值班员批准。</translation>
    </message>
    <message>
        <source>PIN of %1, once more</source>
        <translation>请 %1 再输一次密码</translation>
    </message>
    <message>
        <source>Why the bank has sent %1 back</source>
        <translation>银行退回 %1 的原因</translation>
    </message>
    <message>
        <source>for example: account closed</source>
        <translation>例如：账户已注销</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>It was not sent back</source>
        <translation>没有被退回</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Approve (Enter)</source>
        <translation>批准 (Enter)</translation>
    </message>
    <message>
        <source>Release the money</source>
        <translation>放款</translation>
    </message>
    <message>
        <source>It was sent back (Enter)</source>
        <translation>已被退回 (Enter)</translation>
    </message>
    <message>
        <source>All others are paid</source>
        <translation>其余均已付</translation>
    </message>
</context>
<context>
    <name>PlanLegend</name>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Best for you</source>
        <translation>最适合您</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的车位</translation>
    </message>
    <message>
        <source>Not free</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Not for you</source>
        <translation>不适合</translation>
    </message>
    <message>
        <source>Accessible</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>Charger</source>
        <translation>充电桩</translation>
    </message>
</context>
<context>
    <name>PlateField</name>
    <message>
        <source>Your number plate</source>
        <translation>您的车牌号</translation>
    </message>
</context>
<context>
    <name>PlateKeyboard</name>
    <message>
        <source>OK</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Plate keyboard</source>
        <translation>车牌键盘</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
</context>
<context>
    <name>ProofRow</name>
    <message>
        <source>Your PIN again</source>
        <translation>再次输入您的密码</translation>
    </message>
    <message>
        <source>Name of a second attendant</source>
        <translation>第二位值班员的姓名</translation>
    </message>
    <message>
        <source>PIN of the second attendant</source>
        <translation>第二位值班员的密码</translation>
    </message>
</context>
<context>
    <name>QrPicture</name>
    <message>
        <source>QR ticket %1</source>
        <translation>二维码停车票 %1</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Name and PIN do not fit. Try again.</source>
        <translation>姓名与密码不符，请重试。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Try again at %1.</source>
        <translation>密码错误次数过多，请于 %1 再试。</translation>
    </message>
    <message>
        <source>At least %1 digits, and not all the same.</source>
        <translation>至少 %1 位数字，且不能全部相同。</translation>
    </message>
    <message>
        <source>The two PINs differ. Choose again.</source>
        <translation>两次密码不一致，请重新设置。</translation>
    </message>
    <message>
        <source>Write your name first.</source>
        <translation>请先输入姓名。</translation>
    </message>
    <message>
        <source>The computer is busy. Try again.</source>
        <translation>系统繁忙，请再试一次。</translation>
    </message>
    <message>
        <source>Something failed. Try again, or call support.</source>
        <translation>出了故障。请再试一次，或联系技术支持。</translation>
    </message>
    <message>
        <source>Desk  ·  %1</source>
        <translation>值班台  ·  %1</translation>
    </message>
    <message>
        <source>Help is wanted at a lane. Sign in to see which.</source>
        <translation>有车道请求帮助。登录后查看。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Choose your own PIN</source>
        <translation>请设置您自己的密码</translation>
    </message>
    <message>
        <source>Your new PIN once more</source>
        <translation>请再次输入新密码</translation>
    </message>
    <message>
        <source>The one-time PIN was right. From now on only your own PIN opens this desk: at least %1 digits, not all the same.</source>
        <translation>一次性密码正确。今后只有您自己的密码才能打开值班台：至少 %1 位数字，且不能全部相同。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Unlock (Enter)</source>
        <translation>解锁 (Enter)</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一步 (Enter)</translation>
    </message>
    <message>
        <source>Use this PIN (Enter)</source>
        <translation>使用此密码 (Enter)</translation>
    </message>
</context>
<context>
    <name>SpaceCard</name>
    <message>
        <source>Best for you</source>
        <translation>最适合您</translation>
    </message>
</context>
<context>
    <name>SpaceView</name>
    <message>
        <source>Give a reason. Nothing was closed.</source>
        <translation>请填写原因。未关闭。</translation>
    </message>
    <message>
        <source>That time is over. Nothing was closed.</source>
        <translation>该时间已过。未关闭。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was changed. Try again.</source>
        <translation>计算机繁忙。未做更改。请重试。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was changed. See what needs you, then try again.</source>
        <translation>出错了。未做更改。请查看待处理事项后重试。</translation>
    </message>
    <message>
        <source>Reopen %1</source>
        <translation>重新开放%1</translation>
    </message>
    <message>
        <source>%1 is closed</source>
        <translation>%1已关闭</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭%1</translation>
    </message>
    <message>
        <source>It is offered again from now on. Whoever was moved stays where he is.</source>
        <translation>从现在起重新提供。已换车位者保持不变。</translation>
    </message>
    <message>
        <source>These had reserved it. Their tickets stay good and say the new space.</source>
        <translation>以下车辆曾预订此车位。其票仍有效，并显示新车位。</translation>
    </message>
    <message>
        <source>Nobody gets it for so long. Whoever has reserved it gets another space now, or the money back. A car that stands there is not touched.</source>
        <translation>在此期间无人可用。已预订者现在改用其他车位或退款。停在那里的车不受影响。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Reopen (Enter)</source>
        <translation>重新开放（Enter）</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成 (Enter)</translation>
    </message>
    <message>
        <source>Close the space (Enter)</source>
        <translation>关闭车位（Enter）</translation>
    </message>
    <message>
        <source>No space was left for %1: the money goes back.</source>
        <translation>有%1个预订没有车位：退款。</translation>
    </message>
</context>
<context>
    <name>StaffView</name>
    <message>
        <source>blocked</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>no second person: not confirmed by the operator</source>
        <translation>不能作为第二人：运营方尚未确认</translation>
    </message>
    <message>
        <source>has no own PIN yet</source>
        <translation>尚未设密码</translation>
    </message>
    <message>
        <source>Choose somebody, or write a name. Nothing was changed.</source>
        <translation>请选择一位值班员，或填写姓名。没有更改任何内容。</translation>
    </message>
    <message>
        <source>Type your PIN again. Nothing was changed.</source>
        <translation>请再次输入您的密码。没有更改任何内容。</translation>
    </message>
    <message>
        <source>This name is taken, or too long. Nothing was changed.</source>
        <translation>姓名已有人使用，或太长。没有更改任何内容。</translation>
    </message>
    <message>
        <source>Somebody else has to block you. Nothing was changed.</source>
        <translation>须由他人停用您。没有更改任何内容。</translation>
    </message>
    <message>
        <source>Your PIN is wrong. Nothing was changed. Type it again.</source>
        <translation>您的密码不对。没有更改任何内容。请重新输入。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Nothing was changed. Wait until %1.</source>
        <translation>密码错误次数过多。没有更改任何内容。请等到 %1。</translation>
    </message>
    <message>
        <source>The computer is busy. Nothing was changed. Try again.</source>
        <translation>电脑正忙。没有更改任何内容。请重试。</translation>
    </message>
    <message>
        <source>Something failed. Nothing was changed. See what needs you, then try again.</source>
        <translation>出错了。没有更改任何内容。请看待办事项，然后重试。</translation>
    </message>
    <message>
        <source>Block %1 (Enter)</source>
        <translation>停用 %1（回车）</translation>
    </message>
    <message>
        <source>Let %1 in again (Enter)</source>
        <translation>重新启用 %1（回车）</translation>
    </message>
    <message>
        <source>Let in (Enter)</source>
        <translation>新增（回车）</translation>
    </message>
    <message>
        <source>New one-time PIN (Enter)</source>
        <translation>新的一次性密码（回车）</translation>
    </message>
    <message>
        <source>%1 can sign in</source>
        <translation>%1 可以登录</translation>
    </message>
    <message>
        <source>Attendants</source>
        <translation>值班员</translation>
    </message>
    <message>
        <source>With this PIN, once: it is shown only here. Then an own PIN is chosen.</source>
        <translation>用这个密码，仅一次：只在这里显示。随后须自设密码。</translation>
    </message>
    <message>
        <source>A new attendant gets a one-time PIN. Who is blocked signs in no more and approves nothing. It is written down with your name.</source>
        <translation>新值班员会得到一次性密码。停用后不能登录，也不能批准。会连同您的姓名一起记录。</translation>
    </message>
    <message>
        <source>Name of a new attendant</source>
        <translation>新值班员的姓名</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成（回车）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Your PIN again</source>
        <translation>再次输入您的密码</translation>
    </message>
</context>
<context>
    <name>StayView</name>
    <message>
        <source>Loading the stay</source>
        <translation>正在读取停车记录</translation>
    </message>
    <message>
        <source>Open barrier for this stay (F2)</source>
        <translation>为本次停车开闸 (F2)</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Stay %1</source>
        <translation>停车 %1</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>车位</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预订时段</translation>
    </message>
    <message>
        <source>In</source>
        <translation>入场</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>出场</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>收据</translation>
    </message>
    <message>
        <source>Car is inside (F9)</source>
        <translation>车辆已入场 (F9)</translation>
    </message>
    <message>
        <source>Car has left (F9)</source>
        <translation>车辆已离场 (F9)</translation>
    </message>
    <message>
        <source>Pay refund in cash (F10)</source>
        <translation>现金退款 (F10)</translation>
    </message>
    <message>
        <source>Print ticket again (F11)</source>
        <translation>重印停车票 (F11)</translation>
    </message>
    <message>
        <source>Ticket lost: replace it</source>
        <translation>丢票：更换</translation>
    </message>
    <message>
        <source>Another space</source>
        <translation>换车位</translation>
    </message>
    <message>
        <source>Stands elsewhere</source>
        <translation>停错车位</translation>
    </message>
    <message>
        <source>Has a reservation</source>
        <translation>有预订</translation>
    </message>
    <message>
        <source>Close or reopen %1</source>
        <translation>关闭或开放%1</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>The bill is made when the ticket is presented at the exit.</source>
        <translation>在出口出示停车票时生成账单。</translation>
    </message>
    <message>
        <source>Who gets the charge</source>
        <translation>费用分配</translation>
    </message>
    <message>
        <source>Nobody yet.</source>
        <translation>尚未分配。</translation>
    </message>
    <message>
        <source>Every transfer</source>
        <translation>全部转账</translation>
    </message>
    <message>
        <source>No money has moved.</source>
        <translation>没有资金变动。</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>What is left on the accounts</source>
        <translation>账户余额</translation>
    </message>
    <message>
        <source>No account has been used.</source>
        <translation>没有使用任何账户。</translation>
    </message>
    <message>
        <source>in %1, out %2</source>
        <translation>转入 %1，转出 %2</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>StaysView</name>
    <message>
        <source>Stays</source>
        <translation>停车</translation>
    </message>
    <message>
        <source>Nothing fits exactly: these are close</source>
        <translation>没有完全相符的结果，以下为相近结果</translation>
    </message>
    <message>
        <source>Show the plan</source>
        <translation>显示平面图</translation>
    </message>
    <message>
        <source>Keys on screen</source>
        <translation>屏幕键盘</translation>
    </message>
    <message>
        <source>Plate, short code, debt code or space (F3)</source>
        <translation>车牌、短码、欠款码或车位 (F3)</translation>
    </message>
    <message>
        <source>No stay fits</source>
        <translation>没有相符的停车</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>车牌</translation>
    </message>
    <message>
        <source>Short code</source>
        <translation>短码</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>车位</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预订时间</translation>
    </message>
    <message>
        <source>In</source>
        <translation>入场</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>出场</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>停车费</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>车牌</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>停车票</translation>
    </message>
    <message>
        <source>Step %1 of 5: %2</source>
        <translation>第 %1 步，共 5 步：%2</translation>
    </message>
</context>
<context>
    <name>StillThere</name>
    <message>
        <source>Otherwise this screen starts again. Nothing is paid.</source>
        <translation>否则将返回首页，不会扣款。</translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation>您还在吗？</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>是的，我需要更多时间</translation>
    </message>
    <message>
        <source>No, end now</source>
        <translation>不，现在结束</translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message>
        <source>This code is no parking ticket.</source>
        <translation>这个码不是停车票。</translation>
    </message>
    <message>
        <source>Hold the square code of your ticket to the reader.</source>
        <translation>请将停车票上的二维码对准读码器。</translation>
    </message>
    <message>
        <source>This ticket cannot be accepted.</source>
        <translation>无法接受这张停车票。</translation>
    </message>
    <message>
        <source>Try the original, on paper or phone, or press Help.</source>
        <translation>请使用纸质或手机上的原票，或按“帮助”。</translation>
    </message>
    <message>
        <source>No car stands before the barrier.</source>
        <translation>道闸前没有车辆。</translation>
    </message>
    <message>
        <source>Drive up to the barrier, then hold the ticket to the reader again.</source>
        <translation>请将车开到道闸前，再次将停车票对准读码器。</translation>
    </message>
    <message>
        <source>Another car is still passing.</source>
        <translation>前车正在通过。</translation>
    </message>
    <message>
        <source>Please wait a moment, then hold your ticket to the reader.</source>
        <translation>请稍等，然后将停车票对准读码器。</translation>
    </message>
    <message>
        <source>This ticket is not good any more: it was replaced or ended.</source>
        <translation>此停车票已失效：已被换发或已结束。</translation>
    </message>
    <message>
        <source>Hold your newest ticket to the reader, or press Help.</source>
        <translation>请将最新的停车票对准读码器，或按“帮助”。</translation>
    </message>
    <message>
        <source>This car is inside already, with another ticket.</source>
        <translation>此车已凭另一张停车票入场。</translation>
    </message>
    <message>
        <source>Please press Help: an attendant looks.</source>
        <translation>请按“帮助”，工作人员会查看。</translation>
    </message>
    <message>
        <source>We did not see whether you drove through.</source>
        <translation>我们没有检测到您是否已驶过。</translation>
    </message>
    <message>
        <source>This barrier takes no tickets now.</source>
        <translation>此道闸目前不接受停车票。</translation>
    </message>
    <message>
        <source>Something failed here.</source>
        <translation>这里出了故障。</translation>
    </message>
    <message>
        <source>Please try again, or press Help.</source>
        <translation>请再试一次，或按“帮助”。</translation>
    </message>
    <message>
        <source>Nothing was charged.</source>
        <translation>没有扣款。</translation>
    </message>
    <message>
        <source>Nothing is charged twice. Your ticket stays good.</source>
        <translation>不会重复收费，您的停车票仍然有效。</translation>
    </message>
    <message>
        <source>Please hold the same ticket to the reader again.</source>
        <translation>请再次将同一张停车票对准读码器。</translation>
    </message>
    <message>
        <source>Please wait: help is coming.</source>
        <translation>请稍候，工作人员马上就到。</translation>
    </message>
    <message>
        <source>This ticket ended on {time}.</source>
        <translation>这张停车票已于 {time} 到期。</translation>
    </message>
    <message>
        <source>This ticket is for another car park.</source>
        <translation>这是其他停车场的停车票。</translation>
    </message>
</context>
<context>
    <name>TillView</name>
    <message>
        <source>Write what stays in the till, such as 100 or 0.</source>
        <translation>请填写留在钱箱里的金额，例如 100 或 0。</translation>
    </message>
    <message>
        <source>No more can stay in the till than was counted.</source>
        <translation>留下的不能多于清点的金额。</translation>
    </message>
    <message>
        <source>That is more than a till holds. Nothing was booked. Count again.</source>
        <translation>金额超出钱箱的上限。未记账。请重新清点。</translation>
    </message>
    <message>
        <source>The shift is closed already. Nothing was booked.</source>
        <translation>本班已经结束。未记账。</translation>
    </message>
    <message>
        <source>The computer is busy. Press again: nothing is booked twice.</source>
        <translation>系统繁忙，请再按一次：不会重复入账。</translation>
    </message>
    <message>
        <source>Something failed and nothing was booked. Press again: nothing is booked twice.</source>
        <translation>出了故障，没有入账。请再按一次：不会重复入账。</translation>
    </message>
    <message>
        <source>This is in the till: open the shift (Enter)</source>
        <translation>清点无误：开班 (Enter)</translation>
    </message>
    <message>
        <source>Count and close the shift (Enter)</source>
        <translation>清点并交班 (Enter)</translation>
    </message>
    <message>
        <source>Counted: what stays in it? (Enter)</source>
        <translation>清点完毕：留下多少？(Enter)</translation>
    </message>
    <message>
        <source>Close the shift (Enter)</source>
        <translation>结束本班 (Enter)</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成 (Enter)</translation>
    </message>
    <message>
        <source>Open a shift: count the float</source>
        <translation>开班：清点备用金</translation>
    </message>
    <message>
        <source>Close the shift: count the till</source>
        <translation>交班：清点钱箱</translation>
    </message>
    <message>
        <source>Close the shift: what stays in the till</source>
        <translation>交班：钱箱里留下多少</translation>
    </message>
    <message>
        <source>Report of the shift</source>
        <translation>本班报告</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Print at the exit</source>
        <translation>在出口打印</translation>
    </message>
    <message>
        <source>Count later: back to the shift</source>
        <translation>稍后清点：返回本班</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Count what lies in the till now. By the books it is %1; what you count holds, under your name.</source>
        <translation>请清点钱箱里现有的现金。账面金额为 %1；以您清点的为准，并记在您名下。</translation>
    </message>
    <message>
        <source>Count every note and coin. By the books it should be %1.</source>
        <translation>请清点每张纸币和每枚硬币。账面应有 %1。</translation>
    </message>
    <message>
        <source>Notes and coins</source>
        <translation>纸币和硬币</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>清点金额</translation>
    </message>
    <message>
        <source>Stays in the till for the next shift, in %1</source>
        <translation>留给下一班的金额（%1）</translation>
    </message>
    <message>
        <source>The rest goes to the bank. What is missing or too much is booked under your name and that of whoever opened the shift.</source>
        <translation>其余存入银行。短款或长款记在您和开班人的名下。</translation>
    </message>
    <message>
        <source>Opened by %1, %2</source>
        <translation>开班人：%1，%2</translation>
    </message>
    <message>
        <source>Opened by %1, %2; closed by %3, %4</source>
        <translation>开班人：%1，%2；交班人：%3，%4</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Every cash act of this desk stands here, from the count of the float on.</source>
        <translation>从清点备用金开始，本服务台的每笔现金收付都列在这里。</translation>
    </message>
    <message>
        <source>Who takes over counts too: close this shift and let the next one be opened.</source>
        <translation>接班人也要清点：先结束本班，再由接班人开班。</translation>
    </message>
    <message>
        <source>Without an open shift this desk takes and gives no cash.</source>
        <translation>未开班时，本服务台不收付现金。</translation>
    </message>
</context>
<context>
    <name>ToyLaneView</name>
    <message>
        <source>Last ticket scanned</source>
        <translation>已扫描最后一张停车票</translation>
    </message>
    <message>
        <source>Pass scanned</source>
        <translation>已扫描钱包卡</translation>
    </message>
    <message>
        <source>Forged ticket scanned</source>
        <translation>已扫描伪造的停车票</translation>
    </message>
    <message>
        <source>Exit lane</source>
        <translation>出口车道</translation>
    </message>
    <message>
        <source>Entry lane</source>
        <translation>入口车道</translation>
    </message>
    <message>
        <source>Board unplugged</source>
        <translation>继电器板已拔掉</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿灯</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红灯</translation>
    </message>
    <message>
        <source>Lamp off</source>
        <translation>灯灭</translation>
    </message>
    <message>
        <source>Arm up</source>
        <translation>栏杆已升起</translation>
    </message>
    <message>
        <source>Arm moving</source>
        <translation>栏杆在动</translation>
    </message>
    <message>
        <source>Arm down</source>
        <translation>栏杆已落下</translation>
    </message>
    <message>
        <source>A car comes</source>
        <translation>来一辆车</translation>
    </message>
    <message>
        <source>It drives on</source>
        <translation>向前开</translation>
    </message>
    <message>
        <source>It backs out</source>
        <translation>倒出去</translation>
    </message>
    <message>
        <source>Drives on by itself</source>
        <translation>自动向前开</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>等您操作</translation>
    </message>
    <message>
        <source>What a car does when the arm is up</source>
        <translation>栏杆升起后车辆怎么做</translation>
    </message>
    <message>
        <source>Scan the last ticket</source>
        <translation>扫描最后一张停车票</translation>
    </message>
    <message>
        <source>Scan the wallet&apos;s pass</source>
        <translation>扫描钱包卡</translation>
    </message>
    <message>
        <source>Scan a forged ticket</source>
        <translation>扫描伪造的停车票</translation>
    </message>
    <message>
        <source>Unplug the board</source>
        <translation>拔掉继电器板</translation>
    </message>
    <message>
        <source>Plug it in again</source>
        <translation>重新插上</translation>
    </message>
    <message>
        <source>Guard&apos;s remote</source>
        <translation>保安遥控器</translation>
    </message>
    <message>
        <source>End the fire</source>
        <translation>解除火警</translation>
    </message>
    <message>
        <source>Fire alarm</source>
        <translation>火警</translation>
    </message>
    <message>
        <source>Free the arm</source>
        <translation>松开栏杆</translation>
    </message>
    <message>
        <source>Jam the arm</source>
        <translation>卡住栏杆</translation>
    </message>
    <message>
        <source>Cut its mains</source>
        <translation>切断道闸电源</translation>
    </message>
    <message>
        <source>Mains back</source>
        <translation>恢复电源</translation>
    </message>
    <message>
        <source>Mend the loop</source>
        <translation>修好地感</translation>
    </message>
    <message>
        <source>Break the loop</source>
        <translation>地感失灵</translation>
    </message>
    <message>
        <source>Whether the loop under the arm sees a car for ever</source>
        <translation>栏杆下地感是否一直报告有车</translation>
    </message>
</context>
<context>
    <name>ToyMain</name>
    <message>
        <source>Toy lanes</source>
        <translation>模拟车道</translation>
    </message>
    <message>
        <source>Cars, loops, barriers, scanners and printers are simulated. All else is real.</source>
        <translation>车辆、地感、道闸、读码器和打印机都是模拟的，其余均为真实程序。</translation>
    </message>
    <message>
        <source>What to do first</source>
        <translation>先做什么</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>在服务台</translation>
    </message>
    <message>
        <source>One-time PIN of %1</source>
        <translation>%1 的一次性密码</translation>
    </message>
    <message>
        <source>At the entry screen</source>
        <translation>在入口屏幕</translation>
    </message>
    <message>
        <source>Choose a space, type any plate and pay from the wallet. When it asks for the pass, scan it here.</source>
        <translation>选择车位，输入任意车牌，用钱包付款。需要钱包卡时，在这里扫一下。</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>在这里</translation>
    </message>
    <message>
        <source>Drag a car onto the arming loop and scan the last ticket: the arm goes up, the car drives in. One hour later, do the same at the exit.</source>
        <translation>把车拖到触发地感上，扫描最后一张停车票：栏杆升起，车辆驶入。一小时后，再到出口照做一遍。</translation>
    </message>
    <message>
        <source>Unplug the board while the arm goes up, or let the car back out: nothing is charged twice, and the same ticket opens again.</source>
        <translation>在栏杆升起时拔掉继电器板，或让车倒出去：不会重复收费，同一张停车票可以再次开闸。</translation>
    </message>
    <message>
        <source>Then try</source>
        <translation>再试试</translation>
    </message>
    <message>
        <source>Sign in as %1 with the one-time PIN and choose your own. Count the till (Ctrl+T). Then open a wallet with a PIN and put cash into it.</source>
        <translation>用一次性密码以 %1 的身份登录，并设置自己的密码。清点钱箱（Ctrl+T），再开一个带密码的钱包并存入现金。</translation>
    </message>
    <message>
        <source>Sign in as %1. Count the till (Ctrl+T). Then open a wallet with a PIN and put cash into it.</source>
        <translation>以 %1 的身份登录。清点钱箱（Ctrl+T），再开一个带密码的钱包并存入现金。</translation>
    </message>
    <message>
        <source>One hour later</source>
        <translation>一小时后</translation>
    </message>
</context>
<context>
    <name>ToyRoad</name>
    <message>
        <source>Street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Car park</source>
        <translation>停车场</translation>
    </message>
    <message>
        <source>Arming loop</source>
        <translation>触发地感</translation>
    </message>
    <message>
        <source>Loop under the arm</source>
        <translation>栏杆下地感</translation>
    </message>
    <message>
        <source>The next car: drag it onto the arming loop</source>
        <translation>下一辆车：拖到触发地感上</translation>
    </message>
    <message>
        <source>Drag this car</source>
        <translation>拖动这辆车</translation>
    </message>
    <message>
        <source>%1: car</source>
        <translation>%1：有车</translation>
    </message>
    <message>
        <source>%1: clear</source>
        <translation>%1：无车</translation>
    </message>
</context>
<context>
    <name>WalletCardPart</name>
    <message>
        <source>Take it by card (Enter)</source>
        <translation>刷卡充值 (Enter)</translation>
    </message>
    <message>
        <source>The card pays the site&apos;s provider. Nothing goes into the till, and no shift has to be open.</source>
        <translation>刷卡款项由支付服务商收取，不进收银柜，也无须开班。</translation>
    </message>
    <message>
        <source>The card was declined. Nothing was added. Take another card, or cash.</source>
        <translation>银行卡被拒绝，未充值。请换一张卡，或收取现金。</translation>
    </message>
    <message>
        <source>The provider of cards cannot be reached. Nothing was added. Take cash, or try again later.</source>
        <translation>无法连接支付服务商，未充值。请收取现金，或稍后再试。</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>It is not known yet whether the card has paid %1.</source>
        <translation>尚不清楚银行卡是否已支付 %1。</translation>
    </message>
    <message>
        <source>The provider is asked for %1.</source>
        <translation>正在向支付服务商收取 %1。</translation>
    </message>
    <message>
        <source>Do not take it again. The provider is asked what became of it; what it took is added to the wallet by itself.</source>
        <translation>请勿再次收取。系统正在向支付服务商查询结果，已收取的款项会自动充入钱包。</translation>
    </message>
    <message>
        <source>The answer comes by itself. What the card pays is added to the wallet, even when you leave this page.</source>
        <translation>结果会自动显示。即使离开此页，刷卡支付的款项也会充入钱包。</translation>
    </message>
</context>
<context>
    <name>WalletDeedView</name>
    <message>
        <source>Write or scan the pass code.</source>
        <translation>请输入或扫描卡号。</translation>
    </message>
    <message>
        <source>Write an amount such as 20 or 20.50, or nothing for all.</source>
        <translation>请填写金额，例如 20 或 20.50；不填则全部提取。</translation>
    </message>
    <message>
        <source>Write the name and the phone number that the driver left.</source>
        <translation>请填写车主留下的姓名和电话号码。</translation>
    </message>
    <message>
        <source>At least %1 digits, and not all the same. Choose again.</source>
        <translation>至少 %1 位数字，且不能全部相同。请重新设置。</translation>
    </message>
    <message>
        <source>The two PINs differ. Choose again.</source>
        <translation>两次密码不一致，请重新设置。</translation>
    </message>
    <message>
        <source>No wallet has this pass code. Nothing was changed. Check the eight signs.</source>
        <translation>没有钱包使用此卡号。未作更改。请核对八位字符。</translation>
    </message>
    <message>
        <source>The PIN is wrong. Nothing was changed.</source>
        <translation>密码错误。未作更改。</translation>
    </message>
    <message>
        <source>Too many wrong PINs: this wallet waits until %1. Nothing was changed.</source>
        <translation>密码错误次数过多：此钱包锁定至 %1。未作更改。</translation>
    </message>
    <message>
        <source>Nobody of this name and phone number has a wallet, or several have. Nothing was changed.</source>
        <translation>没有使用此姓名和电话号码的钱包，或有多个。未作更改。</translation>
    </message>
    <message>
        <source>The wallet holds only %1. No money moved.</source>
        <translation>钱包里只有 %1。没有资金变动。</translation>
    </message>
    <message>
        <source>The wallet is empty. No money moved.</source>
        <translation>钱包是空的。没有资金变动。</translation>
    </message>
    <message>
        <source>Only %1 lies in the till by the books. No money moved.</source>
        <translation>按账面钱箱里只有 %1。没有资金变动。</translation>
    </message>
    <message>
        <source>No shift is open at this till (Ctrl+T). No money moved.</source>
        <translation>钱箱尚未开班 (Ctrl+T)。没有资金变动。</translation>
    </message>
    <message>
        <source>The computer is busy. Type the PIN again: nothing is paid twice.</source>
        <translation>计算机忙。请重新输入 密码：不会重复支付。</translation>
    </message>
    <message>
        <source>Something failed and nothing was changed. Type the PIN again: nothing is paid twice.</source>
        <translation>出现故障，未作更改。请重新输入 密码：不会重复支付。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Cash is given (Enter)</source>
        <translation>现金已交付 (Enter)</translation>
    </message>
    <message>
        <source>Next driver (Enter)</source>
        <translation>下一位车主 (Enter)</translation>
    </message>
    <message>
        <source>Pay out (Enter)</source>
        <translation>支付现金 (Enter)</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一步 (Enter)</translation>
    </message>
    <message>
        <source>Pay a wallet out in cash</source>
        <translation>钱包现金提现</translation>
    </message>
    <message>
        <source>Another PIN for a wallet</source>
        <translation>更换钱包 密码</translation>
    </message>
    <message>
        <source>New pass for a lost one</source>
        <translation>补发遗失的钱包卡</translation>
    </message>
    <message>
        <source>Back to the wallets</source>
        <translation>返回钱包</translation>
    </message>
    <message>
        <source>Pass code of the wallet, typed or scanned</source>
        <translation>钱包卡号（输入或扫描）</translation>
    </message>
    <message>
        <source>8 signs</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>Amount; nothing pays all that the wallet holds</source>
        <translation>金额；不填则支付全部余额</translation>
    </message>
    <message>
        <source>Driver&apos;s name</source>
        <translation>车主姓名</translation>
    </message>
    <message>
        <source>Phone number that the driver left with the wallet</source>
        <translation>车主开立钱包时留下的电话号码</translation>
    </message>
    <message>
        <source>Turn to the driver: the PIN is the driver&apos;s own and nobody else sees it.</source>
        <translation>请转向车主：密码由车主本人设置，他人不可见。</translation>
    </message>
    <message>
        <source>PIN of the wallet</source>
        <translation>钱包 密码</translation>
    </message>
    <message>
        <source>New PIN, at least %1 digits</source>
        <translation>新 密码，至少 %1 位</translation>
    </message>
    <message>
        <source>The same PIN once more</source>
        <translation>请再次输入相同密码</translation>
    </message>
    <message>
        <source>Give the driver this cash</source>
        <translation>请将这笔现金交给车主</translation>
    </message>
    <message>
        <source>The wallet now holds</source>
        <translation>钱包余额</translation>
    </message>
    <message>
        <source>The wallet has its new PIN.</source>
        <translation>钱包已启用新的 密码。</translation>
    </message>
    <message>
        <source>The lost pass opens nothing any more. This new pass code is shown once: let the driver take a picture of it, or write it down.</source>
        <translation>遗失的钱包卡已失效。新卡号只显示一次：请车主拍照或抄下。</translation>
    </message>
</context>
<context>
    <name>WalletView</name>
    <message>
        <source>Write the driver&apos;s name.</source>
        <translation>请输入车主姓名。</translation>
    </message>
    <message>
        <source>At least %1 digits, and not all the same. Choose again.</source>
        <translation>至少 %1 位数字，且不能全部相同。请重新设置。</translation>
    </message>
    <message>
        <source>The two PINs differ. Choose again.</source>
        <translation>两次密码不一致，请重新设置。</translation>
    </message>
    <message>
        <source>Write or scan the pass code.</source>
        <translation>请输入或扫描卡号。</translation>
    </message>
    <message>
        <source>Write an amount such as 20 or 20.50.</source>
        <translation>请输入金额，例如 20 或 20.50。</translation>
    </message>
    <message>
        <source>No wallet has this pass code. No money was booked. Check the eight signs.</source>
        <translation>没有该卡号的钱包，未入账。请核对八位卡号。</translation>
    </message>
    <message>
        <source>At most %1 at once. No money was booked.</source>
        <translation>每次最多 %1，未入账。</translation>
    </message>
    <message>
        <source>No shift is open at this till (Ctrl+T). No money was booked.</source>
        <translation>钱箱尚未开班 (Ctrl+T)。未记账。</translation>
    </message>
    <message>
        <source>The computer is busy. Press again: nothing is booked twice.</source>
        <translation>系统繁忙，请再按一次：不会重复入账。</translation>
    </message>
    <message>
        <source>Something failed and nothing was booked. Press again: nothing is booked twice.</source>
        <translation>出了故障，没有入账。请再按一次：不会重复入账。</translation>
    </message>
    <message>
        <source>Top up a wallet</source>
        <translation>钱包充值</translation>
    </message>
    <message>
        <source>New wallet</source>
        <translation>新建钱包</translation>
    </message>
    <message>
        <source>New wallet (F2)</source>
        <translation>新建钱包 (F2)</translation>
    </message>
    <message>
        <source>Pay out</source>
        <translation>提现</translation>
    </message>
    <message>
        <source>PIN forgotten</source>
        <translation>忘记 密码</translation>
    </message>
    <message>
        <source>Pass lost</source>
        <translation>钱包卡遗失</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Pass code of the wallet, typed or scanned</source>
        <translation>钱包卡号（输入或扫描）</translation>
    </message>
    <message>
        <source>8 signs</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>Cash that the driver hands over</source>
        <translation>车主交付的现金</translation>
    </message>
    <message>
        <source>Amount in %1</source>
        <translation>金额（%1）</translation>
    </message>
    <message>
        <source>Driver&apos;s name</source>
        <translation>车主姓名</translation>
    </message>
    <message>
        <source>Phone number, if the driver wants to leave one</source>
        <translation>电话号码（可不填）</translation>
    </message>
    <message>
        <source>Turn to the driver: the PIN is the driver&apos;s own and nobody else sees it.</source>
        <translation>请转向车主：密码由车主本人设置，他人不可见。</translation>
    </message>
    <message>
        <source>PIN, at least %1 digits</source>
        <translation>密码，至少 %1 位数字</translation>
    </message>
    <message>
        <source>The same PIN once more</source>
        <translation>请再次输入相同密码</translation>
    </message>
    <message>
        <source>The wallet is open and holds nothing yet.</source>
        <translation>钱包已开通，余额为零。</translation>
    </message>
    <message>
        <source>This pass code is shown once. Let the driver take a picture of it, or write it down. With the PIN it pays at every screen.</source>
        <translation>卡号只显示一次。请让车主拍照或抄写。凭卡号和密码可在每个屏幕付款。</translation>
    </message>
    <message>
        <source>%1 added to the wallet</source>
        <translation>已充入钱包 %1</translation>
    </message>
    <message>
        <source>The wallet now holds</source>
        <translation>钱包余额</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Cash is in the till: add it (Enter)</source>
        <translation>现金已入钱箱：充值 (Enter)</translation>
    </message>
    <message>
        <source>Top it up now (Enter)</source>
        <translation>立即充值 (Enter)</translation>
    </message>
    <message>
        <source>Next driver (Enter)</source>
        <translation>下一位车主 (Enter)</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一步 (Enter)</translation>
    </message>
    <message>
        <source>A wallet pays deposits at every screen with its pass code and PIN. It belongs to the driver.</source>
        <translation>凭卡号和密码，钱包可在每个屏幕支付押金。钱包属于车主本人。</translation>
    </message>
    <message>
        <source>Count the cash first. What you add is in the till of this desk, under your name.</source>
        <translation>请先清点现金。充值金额计入本值班台钱箱，并记录您的姓名。</translation>
    </message>
    <message>
        <source>Nobody needs the PIN for a top-up. Never ask a driver for it.</source>
        <translation>充值不需要密码。请勿向车主索要密码。</translation>
    </message>
</context>
<context>
    <name>WorkView</name>
    <message>
        <source>Overview (F1)</source>
        <translation>总览 (F1)</translation>
    </message>
    <message>
        <source>Find a stay (F3)</source>
        <translation>查找停车 (F3)</translation>
    </message>
    <message>
        <source>Wallet (F4)</source>
        <translation>钱包 (F4)</translation>
    </message>
    <message>
        <source>Till (Ctrl+T)</source>
        <translation>钱箱 (Ctrl+T)</translation>
    </message>
    <message>
        <source>%1, lock (F12)</source>
        <translation>%1，锁定 (F12)</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>for the list below</source>
        <translation>用于下方列表</translation>
    </message>
</context>
</TS>
